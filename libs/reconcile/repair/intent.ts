import type { PoolClient } from 'pg';
import type { CardValues, Facet } from '#channels/contract';
import { inTransaction } from '../account/in-transaction.js';
import type { AccountContext } from '../account/account-context.js';

export type IntentPhase = 'planned' | 'sent' | 'accepted' | 'unknown' | 'done' | 'refused' | 'lost' | 'superseded';

/** What a call shall make true: the facet rows it covers and the desired print each had when the call was composed. */
export interface IntentFacet {
  readonly facet: Facet;
  readonly part: string;
  readonly desired: string | null;
}

/** A call to one card, recorded before it is sent. Times are the account's clock. */
export interface Intent {
  readonly id: string;
  readonly listingId: string;
  readonly key: string;
  readonly operation: string;
  readonly facets: readonly IntentFacet[];
  readonly values: CardValues;
  readonly receipt: string | null;
  readonly sentAt: number;
  readonly answeredAt: number | null;
  readonly deadlineAt: number | null;
}

interface StoredIntent {
  id: string;
  listing_id: string;
  key: string;
  operation: string;
  facets: IntentFacet[];
  body: { values: CardValues };
  receipt: string | null;
  sent_at: Date;
  answered_at: Date | null;
  deadline_at: Date | null;
}

/** Unfinished intents of a phase whose time has come, oldest first. */
export async function dueIntents(ctx: AccountContext, phases: readonly IntentPhase[], limit: number): Promise<Intent[]> {
  const { rows } = await ctx.pool.query<StoredIntent>(
    `SELECT i.id, i.listing_id, l.key, i.operation, i.facets, i.body, i.receipt, i.sent_at, i.answered_at, i.deadline_at
     FROM push_intent i JOIN listing l ON l.id = i.listing_id
     WHERE i.account_id = $1 AND i.phase = ANY($2) AND (i.due_at IS NULL OR i.due_at <= $3) ORDER BY i.id LIMIT $4`,
    [ctx.account.id, phases, new Date(ctx.clock.now()), limit],
  );
  return rows.map((row) => ({
    id: row.id,
    listingId: row.listing_id,
    key: row.key,
    operation: row.operation,
    facets: row.facets,
    values: row.body.values,
    receipt: row.receipt,
    sentAt: row.sent_at.getTime(),
    answeredAt: row.answered_at?.getTime() ?? null,
    deadlineAt: row.deadline_at?.getTime() ?? null,
  }));
}

export class LostOwnership extends Error {
  constructor() {
    super('Another process owns this account now; nothing more is sent from here.');
  }
}

/**
 * Refuses to go on when another process has taken the account over since; false when the account was paused, braked or released since
 * the guards were asked. Holds the row until the transaction ends.
 */
export async function stillMaySend(client: PoolClient, ctx: AccountContext): Promise<boolean> {
  const { rows } = await client.query<{ epoch: number; state: string }>('SELECT epoch, state FROM channel_account WHERE id = $1 FOR SHARE', [ctx.account.id]);
  if (rows[0]?.epoch !== ctx.epoch && !ctx.sabotage.has('fence')) throw new LostOwnership();
  return rows[0]?.state === ctx.account.state;
}

/** Facets that calls without a known end may still change, by listing. */
export async function openWriteSets(client: PoolClient, listingIds: readonly string[]): Promise<Map<string, Set<Facet>>> {
  const { rows } = await client.query<{ listing_id: string; facet: Facet }>(
    `SELECT DISTINCT i.listing_id, f.facet FROM push_intent i CROSS JOIN LATERAL jsonb_array_elements_text(i.write_set) AS f(facet)
     WHERE i.listing_id = ANY($1::bigint[]) AND i.phase IN ('planned', 'sent', 'accepted', 'unknown')`,
    [listingIds],
  );
  const open = new Map<string, Set<Facet>>();
  for (const row of rows) {
    const set = open.get(row.listing_id);
    if (set) set.add(row.facet);
    else open.set(row.listing_id, new Set([row.facet]));
  }
  return open;
}

export async function postpone(ctx: AccountContext, intentIds: readonly string[], until: number): Promise<void> {
  if (intentIds.length === 0) return;
  await inTransaction(ctx.pool, (client) => client.query('UPDATE push_intent SET due_at = $2 WHERE id = ANY($1::bigint[])', [intentIds, new Date(until)]));
}
