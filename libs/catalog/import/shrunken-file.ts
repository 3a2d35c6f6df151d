import type { Pool } from 'pg';

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
  readonly remedy: string;
}

const FEWEST_BEFORE = 20;
const LEAST_SHARE = 0.5;
const MOST_EMPTIED = 50;
const MOST_EMPTIED_SHARE = 0.05;

/**
 * A file that lost more than half of its rows since last time, or that would empty or archive more than 5 % of the goods (and more
 * than fifty), is more likely broken than meant. Pure; the person who meant it imports again and says so.
 */
export function heldImport(forecast: ImportForecast, previousRows: number, products: number): HeldImport | undefined {
  const remedy = 'look at the difference; if it is meant, import the file again with "accept"';
  const harmed = forecast.emptied + forecast.archived;
  if (previousRows >= FEWEST_BEFORE && forecast.rows < previousRows * LEAST_SHARE) return { ...forecast, reason: 'shrunken', previousRows, remedy };
  if (harmed > Math.max(MOST_EMPTIED, products * MOST_EMPTIED_SHARE)) return { ...forecast, reason: 'mass-change', previousRows, remedy };
  return undefined;
}

export async function lastImport(pool: Pool, fileName: string): Promise<{ previousRows: number; products: number }> {
  const { rows } = await pool.query<{ rows: number; products: number }>(
    `SELECT coalesce((SELECT (counts ->> 'rows')::integer FROM catalog_job WHERE kind = 'import' AND request ->> 'name' = $1 AND state = 'done' ORDER BY id DESC LIMIT 1), 0) AS rows,
       (SELECT count(*)::integer FROM product WHERE NOT archived) AS products`,
    [fileName],
  );
  return { previousRows: rows[0]?.rows ?? 0, products: rows[0]?.products ?? 0 };
}
