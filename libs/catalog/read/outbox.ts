import type { Pool, PoolClient } from 'pg';

/** Which transactions could be seen when the outbox was looked at: a PostgreSQL snapshot as text. */
export type OutboxMark = string;

export interface ChangedProducts {
  /** Whoever asks from here next time misses nothing and is told nothing twice. */
  readonly mark: OutboxMark;
  /** Each once; `more` when there were more than asked for. */
  readonly productIds: readonly string[];
  readonly more: boolean;
}

/** As before the first transaction. */
export const NOTHING_SEEN: OutboxMark = '1:1:';

const SEEN_NOW = 'pg_current_snapshot()';
const NEXT_TO_COME = `pg_snapshot_xmax(${SEEN_NOW})::text::bigint`;
/** The oldest transaction that was still running at mark $1, and the first that had not begun: bounds that an index can use. */
const OLDEST_AT_MARK = 'pg_snapshot_xmin($1::pg_snapshot)::text::bigint';
const NEXT_AT_MARK = 'pg_snapshot_xmax($1::pg_snapshot)::text::bigint';
const SEEN_AT_MARK = 'pg_visible_in_snapshot(xid::text::xid8, $1::pg_snapshot)';
const UNSEEN_AT_MARK = `xid >= ${OLDEST_AT_MARK} AND NOT ${SEEN_AT_MARK}`;

/** Where a look at everything that stands in the catalog now begins; taken before that look. */
export async function outboxMark(db: Pool | PoolClient): Promise<OutboxMark> {
  const { rows } = await db.query<{ mark: string }>(`SELECT ${SEEN_NOW}::text AS mark`);
  return rows[0]?.mark ?? NOTHING_SEEN;
}

/** Products that moved since `mark`. Nothing is taken away, so every reader gets all of them. */
export async function changedProducts(db: Pool | PoolClient, mark: OutboxMark, limit: number): Promise<ChangedProducts> {
  const { rows } = await db.query<{ mark: string; ids: string[] | null }>({
    name: 'catalog-changed-products',
    text: `SELECT ${SEEN_NOW}::text AS mark, (SELECT array_agg(c.product_id) FROM (SELECT DISTINCT product_id FROM outbox WHERE ${UNSEEN_AT_MARK} AND topic = 'product' LIMIT $2) c) AS ids`,
    values: [mark, limit + 1],
  });
  const ids = rows[0]?.ids ?? [];
  return { mark: rows[0]?.mark ?? mark, productIds: ids.slice(0, limit), more: ids.length > limit };
}

/** Says that these products are to be looked at again though no revision of theirs moved. In the caller's transaction. */
export async function announceProducts(db: Pool | PoolClient, productIds: readonly string[]): Promise<void> {
  await db.query(
    `INSERT INTO outbox (topic, product_id, revision) SELECT 'product', id, approved_revision FROM product WHERE id = ANY($1::bigint[]) AND approved_revision IS NOT NULL`,
    [productIds],
  );
}

/** Removes what every look at or after `mark` had already seen, and what came with a backup from a server that had counted further than this one. */
export async function forgetChanges(db: Pool | PoolClient, mark: OutboxMark): Promise<void> {
  await db.query(`DELETE FROM outbox WHERE (xid < ${NEXT_AT_MARK} AND ${SEEN_AT_MARK}) OR xid >= ${NEXT_TO_COME}`, [mark]);
}
