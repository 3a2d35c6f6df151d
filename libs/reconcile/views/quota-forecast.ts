import type { Pool } from 'pg';

const DAY_MS = 86_400_000;

/** Cards that wait for a daily quota: until when, and the day by which the last of them will have had its turn. Times on the account's clock. */
export interface QuotaForecast {
  /** The quota's name on the channel ("daily_create"); null when the channel has told no figure for it yet. */
  readonly quota: string | null;
  readonly listings: number;
  readonly until: Date;
  /** null while the quota's size is not known. */
  readonly done_by: Date | null;
}

interface Waiting {
  readonly of: 'create' | 'update';
  readonly listings: number;
  readonly until: Date;
  readonly bucket: string | null;
  readonly per_day: number | null;
}

/** What waits for tomorrow's quota on an account, creations and updates apart. */
export async function quotaForecast(pool: Pool, accountId: string): Promise<QuotaForecast[]> {
  const { rows } = await pool.query<Waiting>(
    `SELECT w.of, w.listings, w.until, q.value ->> 'bucket' AS bucket, (q.value ->> 'perDay')::integer AS per_day
     FROM (SELECT CASE WHEN l.external_id IS NULL THEN 'create' ELSE 'update' END AS of, count(DISTINCT l.id)::integer AS listings, min(f.due_at) AS until
           FROM listing_facet f JOIN listing l ON l.id = f.listing_id
           WHERE f.account_id = $1 AND f.state IN ('pending', 'drifted') AND f.reason = 'quota' AND f.due_at IS NOT NULL GROUP BY 1) AS w
     LEFT JOIN channel_account a ON a.id = $1
     LEFT JOIN LATERAL jsonb_array_elements(a.health -> 'quotas') AS q(value) ON q.value ->> 'of' = w.of ORDER BY w.of`,
    [accountId],
  );
  return rows.map(({ listings, until, bucket, per_day: perDay }) => ({
    quota: bucket,
    listings,
    until,
    done_by: perDay === null || perDay === 0 ? null : perDay < 0 ? until : new Date(until.getTime() + (Math.ceil(listings / perDay) - 1) * DAY_MS),
  }));
}
