import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createLogger, createPool, knownSecrets, loadSecretKey, QueueHub, Vault } from '#platform';
import { dieAt, LANES, passOn, type Lane } from '#reconcile';
import { knownChannels } from '../start/known-channels.js';
import { AccountLoops } from './account-loops.js';
import type { FromThread, LanesData, ToThread } from './lanes-message.js';
import { PublicPictures } from './public-pictures.js';

/** A nudge that reached a process that does not own the account is handed on this often, this far apart. */
const MOST_HOPS = 5;
const HOP_MS = 300;
/** When processors are short, whoever waits at a door goes before a sweep. */
const NICENESS = 5;

const data = workerData as LanesData;
const log = createLogger({ level: data.config.log.level, name: 'lanes' });
const port = parentPort;
if (!port) throw new Error('lanes.worker runs in a worker thread');
// Linux alone keeps a priority for each thread; elsewhere this would slow down the doors too.
if (process.platform === 'linux') setPriority(NICENESS);
const tell = (message: FromThread) => port.postMessage(message);

knownSecrets.add(data.config.secrets.key, data.config.secrets.adminPassword);
const pool = createPool(data.databaseUrl, { max: 12, applicationName: 'etalon-lanes', onIdleError: (error) => log.warn({ reason: error.message }, 'a database connection broke') });
const queues = new QueueHub({ databaseUrl: data.databaseUrl, redisUrl: data.config.queue.redisUrl, poolMax: data.config.queue.poolMax, logger: log });
const pictures = new PublicPictures(data.hubUrl, data.config.media.publicUrl);
const loops = new AccountLoops({
  pool,
  databaseUrl: data.databaseUrl,
  registry: knownChannels(),
  vault: new Vault(loadSecretKey(data.config)),
  log,
  dataDir: data.config.dataDir,
  pictures,
  hooksUrl: data.config.hooks.publicUrl,
  pass: data.killAt ? dieAt(data.killAt) : passOn,
  sabotage: new Set(data.sabotage),
});

const isLane = (value: unknown): value is Lane => LANES.some((lane) => lane === value);

queues.worker(
  'lanes',
  async (payload) => {
    const { accountId, lane, force, hops } = payload;
    if (typeof accountId !== 'string' || !isLane(lane)) return;
    const mine = loops.nudge(accountId, lane, force === true);
    const hop = typeof hops === 'number' ? hops : 0;
    if (!mine && force === true && hop < MOST_HOPS) {
      await queues.nudge('lanes', lane, { accountId, lane, force, hops: hop + 1 }, `${accountId}:${lane}:hop${hop + 1}`, { delayMs: HOP_MS });
    }
  },
  { concurrency: 16 },
);

port.on('message', (message: ToThread) => {
  if (message.kind === 'health') tell({ kind: 'health', ask: message.ask, accounts: loops.health() });
  else void stop();
});

async function stop(): Promise<void> {
  pictures.stop();
  await loops.stop();
  await queues.stop();
  await pool.end();
  tell({ kind: 'stopped' });
  process.exit(0);
}

await pictures.start();
await queues.start();
loops.start();
tell({ kind: 'ready' });
