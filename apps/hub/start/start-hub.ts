import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MediaStore, ProductService } from '#catalog';
import { type ChannelRegistry, listedCondition } from '#listings';
import { type AppConfig, assertClocksAgree, createPool, errorCode, FatalStartError, knownSecrets, loadSecretKey, type Logger, QueueHub, startDatabase, Vault } from '#platform';
import { HeadFile, HeadKeeper } from '#reconcile';
import { AccountTimes } from '../accounts/account-times.js';
import { ApiTokens } from '../auth/api-tokens.js';
import { ensureFirstAdmin, type FirstSignIn } from '../auth/first-admin.js';
import { Users } from '../auth/users.js';
import { createApp } from '../create-app.js';
import { channelIds } from '../http/known-channel.js';
import type { JobsHandle, JobsOptions } from '../jobs/run-jobs.js';
import type { DemoHandle, HubParts, LanesHandle } from '../parts/hub-parts.js';
import { databaseRight } from './database-right.js';
import { fullDisk } from './full-disk.js';
import { removeHubFile, writeHubFile } from './hub-file.js';
import { listen } from './listen.js';
import { migrate } from './migrations.js';
import { StopList } from './stop-list.js';

export interface LanesOptions {
  readonly config: AppConfig;
  readonly databaseUrl: string;
  readonly logger: Logger;
  /** Base address of this hub, under which its pictures are served. */
  readonly hubUrl: string;
}

export interface DemoOptions {
  readonly parts: HubParts;
  readonly databaseUrl: string;
}

export interface HubOptions {
  readonly config: AppConfig;
  readonly logger: Logger;
  readonly channels: ChannelRegistry;
  /** Absent: this process sends and reads nothing (tests of the doors). */
  readonly startLanes?: (options: LanesOptions) => Promise<LanesHandle>;
  /** Absent: the jobs of the catalog wait (tests of other doors). */
  readonly startJobs?: (options: JobsOptions) => Promise<JobsHandle> | JobsHandle;
  readonly startDemo?: (options: DemoOptions) => Promise<DemoHandle & { stop(): Promise<void> }>;
}

export interface RunningHub {
  readonly url: string;
  readonly databaseUrl: string;
  /** Token of the command line on this machine. */
  readonly token: string;
  readonly firstSignIn: FirstSignIn;
  stop(): Promise<void>;
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new FatalStartError(`The data folder ${dataDir} cannot be written.`, 'Give this user the right to write there, or set DATA_DIR to another folder.', {
        cause: error,
        told: { code: 'no-right', params: { folder: dataDir } },
      });
    }
    if (code === 'ENOTDIR' || code === 'EEXIST')
      throw new FatalStartError(`${dataDir} cannot be a folder: a file stands in its way.`, 'Move that file, or set DATA_DIR to another folder.', {
        cause: error,
        told: { code: 'file-in-the-way', params: { folder: dataDir } },
      });
    if (code === 'ENOSPC')
      throw new FatalStartError('The disk is full.', 'Free some space, or set DATA_DIR to a folder on another disk.', {
        cause: error,
        told: { code: 'disk-full', params: { folder: dataDir } },
      });
    throw error;
  }
}

/** Starts everything in its order; what was started is stopped again when a later step fails. @throws FatalStartError */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const stops = new StopList(options.logger);
  try {
    return await startInOrder(options, stops);
  } catch (error) {
    await stops.run();
    throw fullDisk(options.config.dataDir, error) ?? databaseRight(error) ?? error;
  }
}

async function startInOrder({ config, logger, channels, startLanes, startJobs, startDemo }: HubOptions, stops: StopList): Promise<RunningHub> {
  makeDataDir(config.dataDir);
  knownSecrets.add(config.secrets.key, config.secrets.adminPassword);
  const vault = new Vault(loadSecretKey(config));

  const database = await startDatabase(config, (event) => logger.warn({ event }, 'database'));
  stops.add('database', () => database.stop());
  const pool = createPool(database.url, {
    max: config.database.poolMax,
    applicationName: 'etalon-hub',
    statementTimeoutMs: config.database.statementTimeoutMs,
    onIdleError: (error) => logger.warn({ reason: error.message }, 'a database connection broke'),
  });
  stops.add('connections', () => pool.end());
  await assertClocksAgree(pool);
  const applied = await migrate(database.url);
  if (applied.length > 0) logger.info({ applied }, 'migrations applied');

  const heads = new HeadKeeper(pool, new HeadFile(config.dataDir), {
    onConflict: (conflict) => logger.error({ conflict }, 'the evidence in the database contradicts the head kept beside it'),
    onError: (error) => logger.error({ err: error }, 'the heads of the evidence could not be kept'),
  });
  stops.add('evidence heads', () => heads.close());

  const queues = new QueueHub({ databaseUrl: database.url, redisUrl: config.queue.redisUrl, poolMax: config.queue.poolMax, logger });
  await queues.start();
  stops.add('queue', () => queues.stop());

  let lanes: LanesHandle | undefined;
  let demo: DemoHandle | undefined;
  const parts: HubParts = {
    config,
    pool,
    logger,
    queues,
    vault,
    channels,
    products: new ProductService(pool, listedCondition, channelIds(channels)),
    media: new MediaStore(pool, join(config.dataDir, 'media')),
    times: new AccountTimes(logger),
    lanes: () => lanes,
    demo: () => demo,
  };
  const firstSignIn = await ensureFirstAdmin(new Users(pool), config.secrets.adminPassword);
  const app = await createApp(parts);
  stops.add('doors', () => app.close());
  const url = await listen(app, config);
  const token = config.role === 'worker' ? '' : await announce(config, url, new ApiTokens(pool), stops);

  // The sandbox is up before anybody looks for it.
  if (config.role !== 'worker' && config.demo.enabled && startDemo !== undefined) {
    const running = await startDemo({ parts, databaseUrl: database.url });
    demo = running;
    stops.add('demo', () => running.stop());
  }
  if (config.role !== 'api' && startJobs !== undefined) {
    const running = await startJobs({ config, databaseUrl: database.url, logger });
    stops.add('jobs', () => running.stop());
  }
  if (config.role !== 'api' && startLanes !== undefined) {
    const running = await startLanes({ config, databaseUrl: database.url, logger, hubUrl: url });
    lanes = running;
    stops.add('lanes', () => running.stop());
  }
  return { url, databaseUrl: database.url, token, firstSignIn, stop: () => stops.run() };
}

async function announce(config: AppConfig, url: string, tokens: ApiTokens, stops: StopList): Promise<string> {
  const token = await tokens.replaceLocal('command line');
  writeHubFile(config.dataDir, url, token);
  stops.add('hub file', () => Promise.resolve(removeHubFile(config.dataDir)));
  return token;
}
