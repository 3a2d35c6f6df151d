import { createReadStream, createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'csv-parse';
import type { Pool } from 'pg';
import { exportProducts, ImportKind, type ImportRequest, type JobKind, JobRunner, JobStore, ProductReader } from '#catalog';
import { fingerprint } from '#kernel';
import { createPool } from '#platform';
import { serveCommands } from '../measure/child.js';
import { peakMemory } from '../measure/peak-memory.js';
import { processorClock, withProcessorTime } from '../measure/processor-time.js';
import { copyDocuments, emptyCatalog } from './plain-copy.js';

/* Imports in a process of its own, so that its memory is its own. */

let pool: Pool | undefined;
let runner: JobRunner | undefined;
let clock: (() => number) | undefined;

function opened(): Pool {
  if (!pool) throw new Error('The importer was not opened.');
  return pool;
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  globalThis.gc?.();
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

/** Seconds of the job's own run; how long it waited for its turn does not count. */
async function importFile(path: string): Promise<{ seconds: number; counts: Readonly<Record<string, number>> }> {
  const jobs = new JobStore(opened());
  const request: ImportRequest = { path, name: basename(path), mode: 'upsert', policy: 'reject-failed-rows', currency: 'RUB' };
  const id = await jobs.enqueue('import', 'bench', request);
  for (;;) {
    const job = await jobs.get(id);
    if (job?.state === 'done') return { seconds: ((job.finishedAt?.getTime() ?? 0) - (job.startedAt?.getTime() ?? 0)) / 1000, counts: job.counts };
    if (job && !['queued', 'running'].includes(job.state)) throw new Error(`The import ended ${job.state}: ${job.failure ?? JSON.stringify(job.result)}`);
    await pause(50);
  }
}

/** The floor of a file that changed nothing: its rows read and hashed. */
async function readAndHash(path: string): Promise<void> {
  let last = '';
  const parser = createReadStream(path, { highWaterMark: 256 * 1024 }).pipe(parse({ delimiter: ';' }));
  for await (const cells of parser as AsyncIterable<string[]>) last = fingerprint(JSON.stringify(cells));
  if (last === '') throw new Error('The file has no rows.');
}

serveCommands(
  {
    open: async (databaseUrl: string) => {
      pool = createPool(databaseUrl, { max: 6, applicationName: 'etalon-bench-import' });
      clock = await processorClock(pool);
      const kind = new ImportKind({ pool, pathOf: (request) => request.path });
      runner = new JobRunner({ pool, kinds: [kind as JobKind], concurrency: 1 });
      runner.start();
    },
    empty: () => emptyCatalog(opened()),
    import: (path: string) => withProcessorTime(clock, () => importFile(path)),
    copy: () => copyDocuments(opened(), clock),
    exportXlsx: (path: string) => pipeline(exportProducts(new ProductReader(opened()), { format: 'xlsx' }), createWriteStream(path)),
    read: (path: string) => seconds(() => readAndHash(path)),
    peak: () => peakMemory(process.pid),
  },
  async () => {
    await runner?.stop();
    await pool?.end();
  },
);
