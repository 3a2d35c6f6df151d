import type { Pool } from 'pg';
import type { FaultCode, FaultParams } from '../faults/fault-texts.js';
import type { ImportSource } from '../formats/source.js';
import type { ImportCheckpoint } from './import-request.js';
import { rowSource } from './row-print.js';

/** What a file would do, counted before anything is written. */
export interface ImportForecast {
  readonly rows: number;
  /** Products that have stock now and would have none. */
  readonly emptied: number;
  /** Products that would be archived. */
  readonly archived: number;
}

/** Why an import waits for a person: nothing of it was written. */
export interface HeldImport extends ImportForecast {
  readonly reason: 'shrunken' | 'mass-change';
  /** Rows of the last import of a file of this name. */
  readonly previousRows: number;
  /** The sentence in any language. */
  readonly code: FaultCode;
  readonly params: FaultParams;
}

interface Precedent {
  /** Rows of the last finished import of this name; 0 when there was none. */
  readonly rows: number;
  /** Products of the catalog that are not archived. */
  readonly products: number;
}

const FEWEST_BEFORE = 20;
const LEAST_SHARE = 0.5;
const MOST_EMPTIED = 50;
const MOST_EMPTIED_SHARE = 0.05;

/**
 * A file that lost more than half of its rows since last time, or that would empty or archive more than 5 % of the goods (and more
 * than fifty), is more likely broken than meant. A `partial` source says only what differs and may be short. Pure.
 */
export function heldImport({ rows, emptied, archived }: ImportForecast, before: Precedent, partial: boolean): HeldImport | undefined {
  const forecast = { rows, emptied, archived, previousRows: before.rows };
  if (before.products === 0) return undefined;
  if (!partial && before.rows >= FEWEST_BEFORE && rows < before.rows * LEAST_SHARE) {
    return { ...forecast, reason: 'shrunken', code: 'import-shrunken', params: { rows, before: before.rows } };
  }
  if (emptied + archived > Math.max(MOST_EMPTIED, before.products * MOST_EMPTIED_SHARE)) {
    return { ...forecast, reason: 'mass-change', code: 'import-mass-change', params: { emptied, archived } };
  }
  return undefined;
}

/** Looks at what the staged rows would do, and names the goods that the file does not speak of any more. */
export async function whatToHold(
  pool: Pool,
  jobId: string,
  name: string,
  { counts, emptied, archived }: Pick<ImportCheckpoint, 'counts' | 'emptied' | 'archived'>,
  source: Pick<ImportSource, 'partial' | 'signature'>,
): Promise<(HeldImport & MissingProducts) | undefined> {
  const held = heldImport({ rows: counts.rows, emptied, archived }, await precedentOf(pool, name), source.partial === true);
  return held && { ...held, ...(await missingProducts(pool, jobId, name, held.previousRows > 0, source.signature)) };
}

/** An empty catalog has nothing to lose. */
export async function nothingToHold(pool: Pool, name: string): Promise<boolean> {
  const { products } = await precedentOf(pool, name);
  return products === 0;
}

async function precedentOf(pool: Pool, name: string): Promise<Precedent> {
  const { rows } = await pool.query<Precedent>(
    `SELECT coalesce((SELECT (counts ->> 'rows')::integer FROM catalog_job
                      WHERE kind = 'import' AND request ->> 'name' = $1 AND state = 'done' AND request ->> 'dryRun' IS DISTINCT FROM 'true'
                      ORDER BY id DESC LIMIT 1), 0) AS rows,
       (SELECT count(*)::integer FROM product WHERE NOT archived) AS products`,
    [name],
  );
  return rows[0] ?? { rows: 0, products: 0 };
}

/** Products that rows of the same source spoke of before and that this file, or no file of this set, names: how many, and the first of them. */
interface MissingProducts {
  readonly missing: number;
  readonly missingSkus: readonly string[];
}

/** Tables of several suppliers may look alike: where files of this name came before, only what those brought can be missing. */
async function missingProducts(pool: Pool, jobId: string, name: string, known: boolean, signature: string): Promise<MissingProducts> {
  const { rows: parts } = await pool.query<{ part: string }>('SELECT DISTINCT part FROM import_key WHERE job_id = $1', [jobId]);
  const sources = [...new Set(['', ...parts.map(({ part }) => part)])].map((part) => rowSource(part, signature));
  const { rows } = await pool.query<{ missing: number; skus: string[] | null }>(
    `WITH gone AS (
       SELECT DISTINCT p.sku FROM import_print i JOIN product p ON p.id = i.product_id
       WHERE i.source = ANY ($2::bigint[]) AND NOT EXISTS (SELECT FROM import_key k WHERE k.job_id = $1 AND k.sku = p.sku)
         AND (NOT $4 OR EXISTS (SELECT FROM product_revision r WHERE r.product_id = p.id AND r.cause ->> 'file' = $3))
     ) SELECT (SELECT count(*)::integer FROM gone) AS missing, (SELECT array_agg(sku) FROM (SELECT sku FROM gone ORDER BY sku LIMIT 20) AS first) AS skus`,
    [jobId, sources, name, known],
  );
  return { missing: rows[0]?.missing ?? 0, missingSkus: rows[0]?.skus ?? [] };
}
