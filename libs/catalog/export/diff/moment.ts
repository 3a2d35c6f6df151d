import type { Pool } from 'pg';

/** A state of the whole catalog: what stood at a time, or just before or after a job. */
export type Moment = { readonly at: Date } | { readonly job: string };

/** "2026-11-22T04:00:00Z" or "job:17"; undefined for anything else. */
export function parseMoment(text: string): Moment | undefined {
  const job = /^job:(\d{1,18})$/.exec(text.trim())?.[1];
  if (job !== undefined) return { job };
  if (!/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text.trim())) return undefined;
  const at = new Date(text.trim());
  return Number.isNaN(at.getTime()) ? undefined : { at };
}

/** The time of a moment: a job's begin on the `from` side, its end on the other. Undefined when there is no such job. */
export async function momentTime(pool: Pool, moment: Moment, side: 'from' | 'to'): Promise<Date | undefined> {
  if ('at' in moment) return moment.at;
  const { rows } = await pool.query<{ at: Date }>(
    side === 'from' ? 'SELECT coalesce(started_at, created_at) AS at FROM catalog_job WHERE id = $1' : 'SELECT coalesce(finished_at, now()) AS at FROM catalog_job WHERE id = $1',
    [moment.job],
  );
  return rows[0]?.at;
}
