import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { copyIn, copyOut } from '../../apps/hub/backup/copy-stream.js';
import { withProcessorTime } from '../measure/processor-time.js';

const TABLES =
  'product, product_revision, product_words, product_attribute_key, product_barcode, product_external_id, product_component, category, outbox, import_print, import_key, import_staged, import_row_result, catalog_job';

/** Takes everything out of the catalog, so that the next import is the first again. */
export async function emptyCatalog(pool: Pool): Promise<void> {
  await pool.query(`TRUNCATE ${TABLES} CASCADE`);
  await pool.query('CHECKPOINT');
}

/**
 * The floor of an import: the documents that stand in the catalog now, copied from a file into a plain table with a key.
 * Answers its seconds, by the clock on the wall and by `clock`; writing the file does not count.
 */
export async function copyDocuments(pool: Pool, clock: (() => number) | undefined): Promise<{ readonly value: number; readonly processor: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'etalon-copy-'));
  const client = await pool.connect();
  try {
    const file = join(folder, 'documents');
    const sink = createWriteStream(file);
    await copyOut(client, 'COPY (SELECT p.sku, r.document FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision) TO STDOUT', sink);
    await new Promise((resolve) => sink.end(resolve));
    await client.query('DROP TABLE IF EXISTS bench_plain; CREATE TABLE bench_plain (sku text PRIMARY KEY, document jsonb NOT NULL)');
    return await withProcessorTime(clock, async () => {
      const from = performance.now();
      await copyIn(client, 'COPY bench_plain FROM STDIN', createReadStream(file, { highWaterMark: 1 << 20 }));
      return (performance.now() - from) / 1000;
    });
  } finally {
    client.release();
    await rm(folder, { recursive: true, force: true });
  }
}
