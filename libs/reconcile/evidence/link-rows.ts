import type { Pool, PoolClient } from 'pg';
import type { ChainLink } from './chain-link.js';

export interface LinkWithBody extends ChainLink {
  /** Canonical text; null once pruned. */
  readonly body: string | null;
}

const time = (column: string): string => `to_char(e.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Columns of a link, read to the microsecond so that no change of a stored time goes unseen. */
export const LINK_COLUMNS = `
  e.account_id AS "accountId", e.seq, ${time('at')} AS at, ${time('recorded_at')} AS "recordedAt", e.kind,
  e.listing_id AS "listingId", e.drift_id AS "driftId", e.intent_id AS "intentId", e.facet,
  encode(e.digest, 'hex') AS digest, encode(e.previous, 'hex') AS previous, encode(e.hash, 'hex') AS hash`;

const BATCH = 2_000;

/** Streams the links of an account in order, with their bodies, from `from` on (inclusive) up to `to`. */
export async function* linksWithBodies(
  db: Pool | PoolClient,
  accountId: string,
  from = '-9223372036854775808',
  to = '9223372036854775807',
  batch = BATCH,
): AsyncGenerator<LinkWithBody[]> {
  let start = BigInt(from);
  for (;;) {
    const { rows } = await db.query<LinkWithBody>(
      `SELECT ${LINK_COLUMNS}, b.body FROM evidence e LEFT JOIN evidence_body b USING (account_id, seq)
       WHERE e.account_id = $1 AND e.seq >= $2 AND e.seq <= $3 ORDER BY e.seq LIMIT ${batch}`,
      [accountId, start.toString(), to],
    );
    if (rows.length > 0) yield rows;
    const last = rows[rows.length - 1];
    if (rows.length < batch || last === undefined) return;
    start = BigInt(last.seq) + 1n;
  }
}
