import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { errorText, workerEntry } from '#platform';
import { readFact, writeFact } from '../parts/hub-facts.js';
import type { DemoHandle, DemoProgress } from '../parts/hub-parts.js';
import type { DemoOptions } from '../start/start-hub.js';
import type { CatalogNews, CatalogWork } from './catalog.worker.js';
import { connectDemoAccounts, mayHaveDemo } from './demo-account.js';
import { SandboxProcess } from './sandbox-process.js';

/** A batch that takes longer to finish is dropped; the next start makes it again. */
const CATALOG_STOP_MS = 2_000;
const PORT_FACT = 'demo.sandbox-port';
const CATALOG_FACT = 'demo.catalog';

function isNews(message: unknown): message is CatalogNews {
  return typeof message === 'object' && message !== null && 'done' in message && 'total' in message;
}

/**
 * The demo: a sandbox process, an account on it, and a catalog made in a thread of its own, so that the doors stay quick.
 * Everything is made once; later starts only run the sandbox, or go on where the catalog was left.
 */
export async function startDemo({ parts, databaseUrl }: DemoOptions): Promise<DemoHandle & { stop(): Promise<void> }> {
  const { config, logger, pool } = parts;
  let progress: DemoProgress = { state: 'waiting', made: 0, of: config.demo.cards, account_id: null, accounts: [], sandbox_url: null };
  let catalog: { stop(): Promise<void> } | undefined;
  if (!(await mayHaveDemo(parts))) {
    logger.warn('this hub is in use: no demo is made beside it (ETALON_DEMO=off silences this)');
    return { progress: () => ({ ...progress, state: 'failed', reason: 'this hub has goods or accounts of its own' }), sandboxUrl: () => undefined, stop: () => Promise.resolve() };
  }
  const kept = await readFact(pool, PORT_FACT);
  const sandbox = new SandboxProcess({
    config,
    logger,
    folder: join(config.dataDir, 'sandbox'),
    port: config.sandbox.port !== 0 ? config.sandbox.port : typeof kept === 'number' ? kept : 0,
    onUp: async (url) => {
      await writeFact(pool, PORT_FACT, Number(new URL(url).port));
      const accounts = await connectDemoAccounts(
        parts,
        url,
        config.demo.channels?.split(',').map((name) => name.trim()),
      );
      progress = { ...progress, account_id: accounts[0]?.account_id ?? null, accounts, sandbox_url: url };
    },
  });
  try {
    await sandbox.start();
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  const { cards, seed } = config.demo;
  const made = await readFact(pool, CATALOG_FACT);
  if (typeof made === 'number') progress = { ...progress, state: 'ready', made, of: made };
  else {
    catalog = makeCatalog(
      { databaseUrl, mediaFolder: join(config.dataDir, 'media'), seed, products: cards },
      ({ done, total }) => (progress = { ...progress, state: 'generating', made: done, of: total }),
      async (failure) => {
        if (failure !== undefined) {
          logger.error({ err: failure }, 'the demo catalog could not be made');
          progress = { ...progress, state: 'failed', reason: errorText(failure).slice(0, 300) };
        } else if (progress.made >= progress.of) {
          await writeFact(pool, CATALOG_FACT, progress.made);
          progress = { ...progress, state: 'ready' };
        }
      },
    );
  }
  return {
    progress: () => progress,
    sandboxUrl: () => sandbox.url,
    stop: async () => {
      await catalog?.stop();
      await sandbox.stop();
    },
  };
}

function makeCatalog(work: CatalogWork, onNews: (news: CatalogNews) => void, onEnd: (failure?: unknown) => Promise<void>): { stop(): Promise<void> } {
  const worker = new Worker(workerEntry('apps/hub/demo/catalog.worker.js'), { workerData: work });
  let failure: unknown;
  worker.on('message', (message: unknown) => {
    if (isNews(message)) onNews(message);
  });
  worker.on('error', (error) => (failure = error));
  const ended = once(worker, 'exit').then(() => onEnd(failure));
  return {
    stop: async () => {
      worker.postMessage('stop');
      const hard = setTimeout(() => void worker.terminate(), CATALOG_STOP_MS);
      await ended;
      clearTimeout(hard);
    },
  };
}
