import type { Pool, PoolClient } from 'pg';

/** Up to which transaction the outbox was looked at. */
export type OutboxMark = string;

export interface ChangedProducts {
  /** Whoever asks from here next time misses nothing; what was being written meanwhile may be told twice. */
  readonly mark: OutboxMark;
  /** Each once; `more` when there were more than asked for. */
  readonly productIds: readonly string[];
  readonly more: boolean;
}

const OLDEST_RUNNING = 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint';
const NEXT_TO_COME = 'pg_snapshot_xmax(pg_current_snapshot())::text::bigint';

/** Where a look at everything that stands in the catalog now begins; taken before that look. */
export async function outboxMark(db: Pool | PoolClient): Promise<OutboxMark> {
  const { rows } = await db.query<{ mark: string }>(`SELECT ${OLDEST_RUNNING} AS mark`);
  return rows[0]?.mark ?? '0';
}

/** Products that moved since `mark`. Nothing is taken away, so every reader gets all of them. */
export async function changedProducts(db: Pool | PoolClient, mark: OutboxMark, limit: number): Promise<ChangedProducts> {
  const { rows } = await db.query<{ mark: string; ids: string[] | null }>({
    name: 'catalog-changed-products',
    text: `SELECT ${OLDEST_RUNNING} AS mark, (SELECT array_agg(c.product_id) FROM (SELECT DISTINCT product_id FROM outbox WHERE xid >= $1 AND topic = 'product' LIMIT $2) c) AS ids`,
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

/** Removes what was written before `mark`, and what came with a backup from a server that had counted further than this one. */
export async function forgetChanges(db: Pool | PoolClient, mark: OutboxMark): Promise<void> {
  await db.query(`DELETE FROM outbox WHERE xid < $1 OR xid >= ${NEXT_TO_COME}`, [mark]);
}
