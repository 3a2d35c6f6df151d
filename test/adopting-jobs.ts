import { join } from 'node:path';
import type { Pool } from 'pg';
import { ImportKind, type JobKind, JobRunner, JobStore, MediaStore, PictureWishes, type StoredJob } from '#catalog';
import { ADOPT, AdoptKind } from '../apps/hub/adopt/adopt-kind.js';
import { ImportFiles } from '../apps/hub/imports/import-files.js';
import { knownChannels } from '../apps/hub/start/known-channels.js';

/** The jobs that make products of cards, at work on a database and a data folder. */
export class AdoptingJobs {
  readonly store: JobStore;
  private readonly runner: JobRunner;

  /** `around` may stand between the jobs and the one that writes cards down. */
  constructor(
    private readonly pool: Pool,
    dataDir: string,
    around: (kind: AdoptKind) => JobKind = (kind) => kind as JobKind,
  ) {
    const media = new MediaStore(pool, join(dataDir, 'media'));
    const files = new ImportFiles(dataDir);
    const imports = new ImportKind({ pool, pathOf: ({ path }) => files.locate(path), release: ({ path }) => files.remove(path), pictures: new PictureWishes(media) });
    this.store = new JobStore(pool);
    this.runner = new JobRunner({
      pool,
      kinds: [around(new AdoptKind({ pool, channels: knownChannels(), media, files, dataDir })), imports as JobKind],
      concurrency: 1,
      onFault: (error) => process.stderr.write(`${String(error)}\n`),
    });
    this.runner.start();
  }

  stop(): Promise<void> {
    return this.runner.stop();
  }

  /** The job that writes the cards down, at its end. */
  async writtenDown(accountId: string, request: object = {}): Promise<StoredJob> {
    return this.ended(await this.store.enqueue(ADOPT, 'owner', { accountId, name: 'cards', ...request }));
  }

  /** The import of the cards, at its end. */
  async imported(accountId: string, request: object = {}): Promise<StoredJob> {
    const job = await this.writtenDown(accountId, request);
    if (job.state !== 'done') throw new Error(`the cards were not written down: ${job.failure}`);
    return this.ended((job.result as { import: string }).import);
  }

  async products(): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM product');
    return rows[0]?.n ?? 0;
  }

  private async ended(id: string): Promise<StoredJob> {
    for (;;) {
      const job = await this.store.get(id);
      if (job !== undefined && ['done', 'failed', 'held', 'cancelled'].includes(job.state)) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
