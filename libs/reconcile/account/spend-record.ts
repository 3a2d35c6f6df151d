import type { Pool } from 'pg';

/** A rate of the account: at most `limit` in `perMs`. */
interface Rate {
  readonly bucket: string;
  readonly limit: number;
  readonly perMs: number;
}

/** So much was spent of a rate; `at` on the account's clock, ms. */
interface SpentRate {
  readonly bucket: string;
  readonly cost: number;
  readonly at: number;
}

/** Windows this short cost a successor no more than a moment: they are not kept, and start spent. */
const SHORT_MS = 10_000;

/** The row that tells an account that spent nothing from a table that vanished in a crash of the database. */
const BEGUN = '';

const whole = (rate: Rate, at: number): SpentRate => ({ bucket: rate.bucket, cost: rate.limit, at });

/** What was spent of the rates of an account (or of accounts that share one seller's), kept from process to process, so that all of them together stay within the limits. */
export class SpendRecord {
  /** `spender` names whose limits these are; `epoch` is the account owner's: the first one has nobody before it, as far as nothing is kept. */
  constructor(
    private readonly pool: Pool,
    private readonly spender: string,
    private readonly epoch: number,
  ) {}

  /** Writes down a spend; returns once it is kept, so that no request leaves before. What has left its window goes. */
  async keep(spends: readonly (SpentRate & { readonly perMs: number })[]): Promise<void> {
    const long = spends.filter((spend) => spend.perMs > SHORT_MS);
    if (long.length === 0) return;
    await this.pool.query({
      name: 'keep-spends',
      text: `WITH u AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS t(bucket text, cost integer, at timestamptz, over timestamptz)),
        gone AS (DELETE FROM sweep_spend WHERE ctid = ANY (ARRAY(
          SELECT s.ctid FROM sweep_spend s JOIN u ON u.bucket = s.bucket WHERE s.spender = $1 AND s.at < u.over FOR UPDATE OF s SKIP LOCKED)))
      INSERT INTO sweep_spend (spender, bucket, at, cost) SELECT $1, u.bucket, u.at, u.cost FROM u ORDER BY u.bucket
      ON CONFLICT (spender, bucket, at) DO UPDATE SET cost = sweep_spend.cost + excluded.cost`,
      values: [this.spender, JSON.stringify(long.map(({ bucket, cost, at, perMs }) => ({ bucket, cost, at: new Date(at), over: new Date(at - perMs) })))],
    });
  }

  /** What counts of earlier owners' spends now, oldest first. Where nothing is known, every rate counts as spent. */
  async inherit(rates: readonly Rate[], now: number): Promise<SpentRate[]> {
    const { rows } = await this.pool.query<{ bucket: string; cost: number; at: Date }>('SELECT bucket, cost, at FROM sweep_spend WHERE spender = $1 ORDER BY at', [this.spender]);
    const kept = rows.some((row) => row.bucket === BEGUN);
    const known = kept || this.epoch <= 1;
    // Kept as well: whoever comes next must count them too.
    if (!known) await this.keep(rates.map((rate) => ({ ...whole(rate, now), perMs: rate.perMs })));
    await this.pool.query(`INSERT INTO sweep_spend (spender, bucket, at, cost) VALUES ($1, $2, 'epoch', 0) ON CONFLICT DO NOTHING`, [this.spender, BEGUN]);
    if (known && !kept) return [];
    const byBucket = new Map(rates.map((rate) => [rate.bucket, rate]));
    const lasting = rows.flatMap(({ bucket, cost, at }) => {
      const window = byBucket.get(bucket)?.perMs ?? 0;
      const age = now - at.getTime();
      // A clock that was set back leaves spends of a time to come; those it lags behind a little are real.
      return window > SHORT_MS && Math.abs(age) <= window ? [{ bucket, cost, at: Math.min(now, at.getTime()) }] : [];
    });
    return [...lasting, ...rates.filter((rate) => !known || rate.perMs <= SHORT_MS).map((rate) => whole(rate, now))];
  }
}
