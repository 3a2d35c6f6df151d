import type { Pool } from 'pg';
import { fingerprint } from '#kernel';
import type { Channel, ChannelModule, References, Run } from '#channels/contract';
import type { Account } from './accounts.js';

const FRESH_MS = 24 * 3_600_000;

/** Whose reference data an account reads: everybody's on a channel, or its own where each site has its own. */
export function referenceScope(account: Pick<Account, 'id' | 'channel' | 'clockUrl'>, { descriptor }: Pick<ChannelModule, 'descriptor'>): string {
  return `${account.channel}:${descriptor.ownReferences === true ? account.id : (account.clockUrl ?? 'live')}`;
}

/** What is kept of these keys, however old; what is not kept is missing. */
export async function keptReferences(pool: Pool, scope: string, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const { rows } = await pool.query<{ key: string; body: unknown }>('SELECT key, body FROM channel_reference WHERE channel = $1 AND key = ANY ($2)', [scope, keys]);
  return new Map(rows.map(({ key, body }) => [key, body]));
}

/**
 * Channel reference data (trees, schemas, dictionaries), kept per channel in the database and refreshed once a day.
 * Holds what it has read in memory, so rendering stays pure and quick.
 */
export class ReferenceCache {
  private readonly bodies = new Map<string, { readonly body: unknown; readonly fetchedAt: number }>();

  constructor(
    private readonly pool: Pool,
    private readonly scope: string,
  ) {}

  readonly get: References = (key) => this.bodies.get(key)?.body;

  /** Makes sure that every key is there; answers whether anything it had before has changed. */
  async ensure(keys: readonly string[], channel: Channel, run: Run): Promise<boolean> {
    const stale = Date.now() - FRESH_MS;
    let missing = keys.filter((key) => (this.bodies.get(key)?.fetchedAt ?? 0) < stale);
    if (missing.length === 0) return false;
    const { rows } = await this.pool.query<{ key: string; body: unknown; fetched_at: Date }>(
      'SELECT key, body, fetched_at FROM channel_reference WHERE channel = $1 AND key = ANY($2) AND fetched_at > $3',
      [this.scope, missing, new Date(stale)],
    );
    for (const row of rows) this.bodies.set(row.key, { body: row.body, fetchedAt: row.fetched_at.getTime() });
    missing = missing.filter((key) => (this.bodies.get(key)?.fetchedAt ?? 0) < stale);
    if (missing.length === 0) return false;
    return this.fetch(missing, channel, run);
  }

  private async fetch(keys: readonly string[], channel: Channel, run: Run): Promise<boolean> {
    const fetched = await channel.references(keys, run);
    let changed = false;
    for (const [key, body] of fetched) {
      const text = JSON.stringify(body);
      const { rows } = await this.pool.query<{ changed: boolean }>(
        `INSERT INTO channel_reference (channel, key, body, digest) VALUES ($1, $2, $3, $4)
         ON CONFLICT (channel, key) DO UPDATE SET body = excluded.body, digest = excluded.digest, fetched_at = now()
         RETURNING (SELECT r.digest FROM channel_reference r WHERE r.channel = $1 AND r.key = $2) IS DISTINCT FROM $4::bigint AS changed`,
        [this.scope, key, text, fingerprint(text)],
      );
      changed ||= rows[0]?.changed === true;
      this.bodies.set(key, { body, fetchedAt: Date.now() });
    }
    return changed;
  }
}
