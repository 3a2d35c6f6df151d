import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { ImportKind, type ImportCounts, type ImportRequest, JobRunner, JobStore, ProductService, type StoredJob } from '#catalog';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase } from './harness/test-database.js';

export interface Note {
  readonly row: number;
  readonly place: string;
  readonly outcome: string;
  readonly sku: string | null;
  readonly field: string;
  readonly value: string;
  readonly code: string;
}

export type Imported = StoredJob & { readonly counts: ImportCounts; readonly notes: readonly Note[] };

/** A catalog of its own with a runner that does its imports in this process. */
export class ImportWorld {
  readonly products: ProductService;
  readonly jobs: JobStore;
  private runner: JobRunner | undefined;

  private constructor(
    readonly url: string,
    readonly pool: pg.Pool,
    readonly folder: string,
    private readonly drop: () => Promise<void>,
  ) {
    this.products = new ProductService(pool);
    this.jobs = new JobStore(pool);
  }

  static async open(): Promise<ImportWorld> {
    const database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    const pool = new pg.Pool({ connectionString: database.url, max: 6 });
    pool.on('error', () => undefined);
    const world = new ImportWorld(database.url, pool, await mkdtemp(join(tmpdir(), 'etalon-import-')), () => database.stop());
    world.start();
    return world;
  }

  start(): void {
    this.runner = new JobRunner({ pool: this.pool, kinds: [new ImportKind({ pool: this.pool, pathOf: (request) => request.path })] });
    this.runner.start();
  }

  async stop(): Promise<void> {
    await this.runner?.stop();
    this.runner = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.pool.end();
    await this.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /** Queues an import and answers its id. */
  begin(path: string, options: Partial<ImportRequest> = {}): Promise<string> {
    const request: ImportRequest = { path, name: path.replace(/^.*\//, ''), mode: 'upsert', policy: 'reject-failed-rows', currency: 'RUB', ...options };
    return this.jobs.enqueue('import', 'anna', request);
  }

  /** Imports a file and answers how it ended (or that it is held). */
  async import(path: string, options: Partial<ImportRequest> = {}): Promise<Imported> {
    return this.ended(await this.begin(path, options));
  }

  async ended(id: string): Promise<Imported> {
    for (;;) {
      const job = await this.jobs.get(id);
      if (job?.state === 'failed' && job.result === null) throw new Error(`The import broke: ${job.failure ?? ''}`);
      if (job && !['queued', 'running'].includes(job.state)) return { ...job, counts: job.counts as ImportCounts, notes: await this.notes(id) };
      await pause(15);
    }
  }

  async notes(id: string): Promise<Note[]> {
    const { rows } = await this.pool.query<Note>('SELECT "row", place, outcome, sku, field, value, code FROM import_row_result WHERE job_id = $1 ORDER BY "row", position', [id]);
    return rows;
  }

  async count(sql: string): Promise<number> {
    const { rows } = await this.pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`);
    return Number(rows[0]?.n);
  }

  /** Where every row of the catalog lies and which transaction wrote it: any row written changes it. Jobs and what an import stages are left out. */
  async written(): Promise<string> {
    const tables = [
      'product',
      'product_revision',
      'product_words',
      'product_attribute_key',
      'product_barcode',
      'product_model',
      'product_external_id',
      'category',
      'outbox',
      'media',
      'import_print',
      'import_mapping',
    ];
    const prints = tables.map((table) => `SELECT '${table}' AS name, count(*) AS n, md5(string_agg(ctid::text || xmin::text, ' ' ORDER BY ctid)) AS print FROM ${table}`);
    const { rows } = await this.pool.query<{ name: string; n: string; print: string }>(prints.join(' UNION ALL '));
    return rows.map(({ name, n, print }) => `${name} ${n} ${print}`).join('\n');
  }
}

/** created + updated + unchanged + failed + skipped. */
export function accounted({ created, updated, unchanged, failed, skipped }: ImportCounts): number {
  return created + updated + unchanged + failed + skipped;
}
