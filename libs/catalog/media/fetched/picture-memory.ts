import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { FetchedBefore } from './fetch-picture.js';

export interface RememberedPicture extends FetchedBefore {
  readonly address: string;
  /** Fetched lately: not asked for again. */
  readonly fresh: boolean;
}

/** For so long an address is taken to give what it gave; then the server is asked whether it changed. */
const FRESH_HOURS = 24 * 7;

/** The addresses pictures came from. */
export async function recall(db: Pool | PoolClient, addresses: readonly string[]): Promise<Map<string, RememberedPicture>> {
  if (addresses.length === 0) return new Map();
  const { rows } = await db.query<RememberedPicture>({
    name: 'catalog-picture-recall',
    text: `SELECT s.address, s.digest, s.etag, s.last_modified AS "lastModified", s.fetched_at > now() - make_interval(hours => $2) AS fresh
           FROM picture_source s WHERE s.address_hash = ANY ($1::bytea[])`,
    values: [addresses.map(hashOf), FRESH_HOURS],
  });
  return new Map(rows.map((row) => [row.address, row]));
}

export async function remember(client: PoolClient, fetched: ReadonlyMap<string, FetchedBefore>): Promise<void> {
  if (fetched.size === 0) return;
  const rows = [...fetched].map(([address, { digest, etag, lastModified }]) => ({ hash: hashOf(address).toString('hex'), address, digest, etag, modified: lastModified }));
  await client.query({
    name: 'catalog-picture-remember',
    text: `INSERT INTO picture_source (address_hash, address, digest, etag, last_modified, fetched_at)
           SELECT decode(w.hash, 'hex'), w.address, w.digest, w.etag, w.modified, now()
           FROM jsonb_to_recordset($1::jsonb) AS w (hash text, address text, digest text, etag text, modified text) ORDER BY w.hash
           ON CONFLICT (address_hash) DO UPDATE SET digest = excluded.digest, etag = excluded.etag, last_modified = excluded.last_modified, fetched_at = excluded.fetched_at`,
    values: [JSON.stringify(rows)],
  });
}

function hashOf(address: string): Buffer {
  return createHash('sha256').update(address).digest();
}
