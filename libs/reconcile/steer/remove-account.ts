import type { Pool, PoolClient } from 'pg';
import { appendEvidence } from '../evidence/index.js';
import { lockAccount, steering, SteeringRefused, type Steerer } from './steering-context.js';

/** What goes with an account. Cards of the channel stay as they are, and so does everything in the evidence. */
export interface AccountRemoval {
  /** Listings, and how many of them belong to a product. */
  readonly listings: number;
  readonly joined: number;
  /** Changes of the catalog and repairs that are not sent any more. */
  readonly unsent: number;
  readonly open_drifts: number;
  readonly open_cases: number;
  readonly ignore_rules: number;
  /** Records of the evidence, which stay. */
  readonly evidence: number;
  /** Calls whose end is not known: the account stays until there are none. */
  readonly calls: number;
  /** Jobs that read its cards, as the one above. */
  readonly jobs: number;
}

/** In an order in which nothing refers to what is gone: set by set, for an account is much to delete row by row. */
const OF_LISTINGS = ['listing_render', 'observed_document', 'refused_path', 'orphan_look'];
const OF_ACCOUNT = [
  ...['listing_facet', 'listing_element', 'sweep_hint', 'match_proposal', 'ignore_rule', 'case_file', 'push_intent', 'drift'],
  ...['read_print', 'picture', 'sweep_seen', 'sweep_run', 'listing'],
];

const COUNTS = `
  SELECT (SELECT count(*) FROM listing WHERE account_id = $1)::integer AS listings,
    (SELECT count(*) FROM listing WHERE account_id = $1 AND product_id IS NOT NULL)::integer AS joined,
    (SELECT count(*) FROM listing_facet WHERE account_id = $1 AND state IN ('pending', 'drifted', 'held'))::integer AS unsent,
    (SELECT count(*) FROM drift WHERE account_id = $1 AND state IN ('open', 'repairing', 'held', 'case'))::integer AS open_drifts,
    (SELECT count(*) FROM case_file WHERE account_id = $1 AND state = 'open')::integer AS open_cases,
    (SELECT count(*) FROM ignore_rule WHERE account_id = $1)::integer AS ignore_rules,
    (SELECT count(*) FROM evidence WHERE account_id = $1)::integer AS evidence,
    (SELECT count(*) FROM push_intent WHERE account_id = $1 AND phase IN ('planned', 'sent', 'accepted', 'unknown'))::integer AS calls,
    (SELECT count(*) FROM catalog_job WHERE state IN ('queued', 'running') AND request ->> 'accountId' = $1::text)::integer AS jobs`;

async function counts(db: Pool | PoolClient, accountId: string): Promise<AccountRemoval> {
  const { rows } = await db.query<AccountRemoval>(COUNTS, [accountId]);
  if (rows[0] === undefined) throw new Error('Counting gave no row.');
  return rows[0];
}

/** What a removal would do now; changes nothing. */
export function previewRemoval(pool: Pool, accountId: string): Promise<AccountRemoval> {
  return counts(pool, accountId);
}

/**
 * Lets go of an account: its listings, rules and keys are deleted, its evidence stays and verifies. Nothing is written to the channel.
 * With `abandon` calls whose end is not known are given up; otherwise they stand in the way.
 * @throws SteeringRefused while calls or jobs of it are under way
 */
export function removeAccount(pool: Pool, accountId: string, abandon: boolean, by: Steerer): Promise<AccountRemoval> {
  return steering(pool, async (client) => {
    // Whoever sends holds this row too: from here on no call is composed.
    await lockAccount(client, accountId);
    const going = await counts(client, accountId);
    if (going.jobs > 0) refuse('account-jobs', `${going.jobs} jobs read the cards of this account.`, { jobs: going.jobs });
    if (going.calls > 0 && !abandon) refuse('account-underway', `${going.calls} calls of this account are under way.`, { calls: going.calls });
    const { rows } = await client.query<{ channel: string; title: string; legal_entity: string | null }>('SELECT channel, title, legal_entity FROM channel_account WHERE id = $1', [
      accountId,
    ]);
    const { listings, calls } = going;
    const to = { removed: true, listings, ...(calls > 0 ? { abandoned_calls: calls } : {}) };
    await appendEvidence(client, accountId, [{ kind: 'account.changed', at: by.now, body: { what: 'removed', from: rows[0] ?? null, to, author: by.author } }]);
    for (const table of OF_LISTINGS) await client.query(`DELETE FROM ${table} WHERE listing_id IN (SELECT id FROM listing WHERE account_id = $1)`, [accountId]);
    for (const table of OF_ACCOUNT) await client.query(`DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
    await client.query(`DELETE FROM channel_reference r USING channel_account a WHERE a.id = $1 AND r.channel = a.channel || ':' || a.id`, [accountId]);
    await client.query('DELETE FROM channel_account WHERE id = $1', [accountId]);
    return going;
  });
}

function refuse(code: string, message: string, params: Readonly<Record<string, unknown>>): never {
  throw new SteeringRefused('wrong-state', message, undefined, { code, params });
}
