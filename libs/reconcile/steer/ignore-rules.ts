import type { Pool, PoolClient } from 'pg';
import { FACETS, type Facet, type FacetValue } from '#channels/contract';
import { appendEvidence } from '../evidence/index.js';
import { facetDocuments } from '../views/facet-documents.js';
import { explainChange, isIgnored } from '../diff/index.js';
import { releaseFacets } from './release-facets.js';
import { placesNobodySilences } from './rule-places.js';
import { lockAccount, steering, SteeringRefused, type Steerer } from './steering-context.js';

/** What shall no longer count as drift: a facet, or one path of it, on one card or on the whole account. */
export interface IgnoreRuleDraft {
  readonly accountId: string;
  readonly listingId?: string;
  readonly facet: Facet;
  /** Starts with the facet ("attributes.10096"); none: the whole facet. */
  readonly path?: string;
  readonly reason: string;
  /** Account clock. */
  readonly expiresAt?: Date;
}

export interface IgnorePreview {
  /** Cards whose open drift the rule would silence. */
  readonly cards: number;
  /** Cards that differ at that place but also elsewhere: they stay drifted. */
  readonly still_drifted: number;
  /** Up to 20 of the silenced, by SKU or key. */
  readonly examples: readonly string[];
}

interface OpenFacet {
  readonly listing_id: string;
  readonly facet: Facet;
  readonly part: string;
  readonly drift_id: string | null;
  readonly name: string;
}

const AT_MOST = 20_000;
const DIFFERING = ['drifted', 'held', 'failing'];

/** @throws SteeringRefused for a facet or path that cannot exist */
function assertPlace(draft: IgnoreRuleDraft): void {
  if (!FACETS.some((facet) => facet === draft.facet)) {
    throw new SteeringRefused('wrong-state', `There is no facet "${draft.facet}".`, `Use one of ${FACETS.join(', ')}.`, {
      code: 'unknown-facet',
      params: { facet: draft.facet, known: FACETS.join(', ') },
    });
  }
  if (draft.path !== undefined && draft.path !== draft.facet && !draft.path.startsWith(`${draft.facet}.`)) {
    throw new SteeringRefused('wrong-state', `The path "${draft.path}" does not lie in "${draft.facet}".`, `Start it with "${draft.facet}.".`, {
      code: 'path-outside-facet',
      params: { path: draft.path, facet: draft.facet },
    });
  }
}

async function facetsIn(db: Pool | PoolClient, draft: IgnoreRuleDraft, states: readonly string[]): Promise<OpenFacet[]> {
  const { rows } = await db.query<OpenFacet>(
    `SELECT f.listing_id, f.facet, f.part, f.drift_id, coalesce(p.sku, l.key) AS name
     FROM listing_facet f JOIN listing l ON l.id = f.listing_id LEFT JOIN product p ON p.id = l.product_id
     WHERE f.account_id = $1 AND f.facet = $2 AND f.state = ANY ($4::text[]) AND f.drift_id IS NOT NULL
       AND ($3::bigint IS NULL OR f.listing_id = $3)
     ORDER BY f.listing_id LIMIT ${AT_MOST}`,
    [draft.accountId, draft.facet, draft.listingId ?? null, states],
  );
  return rows;
}

/** Which drifts in these states a rule covers whole, and which only in part. */
export async function coverage(db: Pool | PoolClient, draft: IgnoreRuleDraft, states: readonly string[] = DIFFERING): Promise<{ covered: OpenFacet[]; partly: OpenFacet[] }> {
  const open = await facetsIn(db, draft, states);
  const { path } = draft;
  if (path === undefined || path === draft.facet || path === `${draft.facet}.*`) return { covered: open, partly: [] };
  const documents = await facetDocuments(
    db,
    open.map((row) => ({ listingId: row.listing_id, facet: row.facet, part: row.part })),
  );
  const byRow = new Map(documents.map((found) => [`${found.listing_id}/${found.part}`, found]));
  const covered: OpenFacet[] = [];
  const partly: OpenFacet[] = [];
  for (const row of open) {
    const found = byRow.get(`${row.listing_id}/${row.part}`);
    if (found?.desired === undefined || found.observed === undefined) continue;
    const changes = explainChange(row.facet, found.desired as FacetValue, found.observed as FacetValue);
    const inside = changes.filter((change) => isIgnored(change.path, [path]));
    if (inside.length === 0) continue;
    (inside.length === changes.length ? covered : partly).push(row);
  }
  return { covered, partly };
}

export function cardsOf(rows: readonly OpenFacet[]): string[] {
  return [...new Map(rows.map((row) => [row.listing_id, row.name])).values()];
}

export async function previewIgnoreRule(pool: Pool, draft: IgnoreRuleDraft): Promise<IgnorePreview> {
  assertPlace(draft);
  const { covered, partly } = await coverage(pool, draft);
  const cards = cardsOf(covered);
  return { cards: cards.length, still_drifted: cardsOf(partly).length, examples: cards.slice(0, 20) };
}

/** Forgets the page prints of these cards, so that the next sweep judges them anew. */
async function judgeAnew(client: PoolClient, accountId: string, listingIds: readonly string[]): Promise<void> {
  await client.query('DELETE FROM read_print r USING listing l WHERE r.account_id = $1 AND l.id = ANY ($2::bigint[]) AND r.key = l.key', [accountId, listingIds]);
}

/** Makes the rule and silences what it covers whole. @throws SteeringRefused */
export function createIgnoreRule(pool: Pool, draft: IgnoreRuleDraft, by: Steerer): Promise<{ id: string; cards: number }> {
  assertPlace(draft);
  return steering(pool, async (client) => {
    await lockAccount(client, draft.accountId);
    if (draft.listingId !== undefined) {
      const known = await client.query('SELECT 1 FROM listing WHERE id = $1 AND account_id = $2', [draft.listingId, draft.accountId]);
      if (known.rowCount === 0)
        throw new SteeringRefused('not-found', `There is no listing ${draft.listingId} on this account.`, undefined, { code: 'not-found', thing: 'The listing' });
    }
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO ignore_rule (account_id, listing_id, facet, path, author, reason, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [draft.accountId, draft.listingId ?? null, draft.facet, draft.path === draft.facet ? null : (draft.path ?? null), by.author, draft.reason, draft.expiresAt ?? null],
    );
    const id = rows[0]?.id ?? '';
    const { covered } = await coverage(client, draft);
    const listings = [...new Set(covered.map((row) => row.listing_id))];
    await client.query(
      `WITH chosen AS (
         SELECT f.listing_id, f.facet, f.part FROM listing_facet f
         JOIN unnest($1::bigint[], $2::text[], $3::text[]) AS w (listing_id, facet, part) USING (listing_id, facet, part)
         WHERE f.state IN ('drifted', 'held', 'failing') ORDER BY f.listing_id, f.facet, f.part FOR UPDATE OF f
       )
       UPDATE listing_facet f SET state = 'ignored', reason = 'rule', due_at = NULL, since = $4
       FROM chosen c WHERE f.listing_id = c.listing_id AND f.facet = c.facet AND f.part = c.part`,
      [covered.map((row) => row.listing_id), covered.map((row) => row.facet), covered.map((row) => row.part), new Date(by.now)],
    );
    await client.query(`UPDATE drift SET state = 'ignored', reason = 'rule' WHERE id = ANY ($1::bigint[]) AND state IN ('open', 'held', 'case')`, [
      covered.flatMap((row) => (row.drift_id === null ? [] : [row.drift_id])),
    ]);
    await judgeAnew(client, draft.accountId, listings);
    await appendEvidence(client, draft.accountId, [
      {
        kind: 'policy.changed',
        at: by.now,
        facet: draft.facet,
        ...(draft.listingId === undefined ? {} : { listingId: draft.listingId }),
        body: {
          what: 'ignore-rule',
          from: null,
          to: { rule: id, path: draft.path ?? null, expires_at: draft.expiresAt?.toISOString() ?? null, cards: listings.length },
          author: by.author,
          reason: draft.reason,
        },
      },
      ...covered.map((row) => ({
        kind: 'drift.ignored' as const,
        at: by.now,
        listingId: row.listing_id,
        facet: row.facet,
        ...(row.drift_id === null ? {} : { driftId: row.drift_id }),
        body: { part: row.part, ruleId: id, author: by.author, reason: draft.reason },
      })),
    ]);
    return { id, cards: listings.length };
  });
}

/** Takes a rule away; what it silenced counts again at once. @throws SteeringRefused */
export function deleteIgnoreRule(pool: Pool, ruleId: string, author: string, nowOf: (accountId: string) => number): Promise<number> {
  return steering(pool, async (client) => {
    const { rows } = await client.query<{ account_id: string; listing_id: string | null; facet: Facet; path: string | null }>(
      'DELETE FROM ignore_rule WHERE id = $1 RETURNING account_id, listing_id, facet, path',
      [ruleId],
    );
    const rule = rows[0];
    if (rule === undefined) throw new SteeringRefused('not-found', `There is no ignore rule ${ruleId}.`, undefined, { code: 'not-found', thing: 'The rule' });
    const now = nowOf(rule.account_id);
    // What another rule still covers stays silenced, and what is ignored for another reason (not wanted, gone) was never this rule's.
    const { free, looked } = await placesNobodySilences(client, rule);
    const back = await releaseFacets(client, { accountId: rule.account_id, states: ['ignored'], reasons: ['rule'], facet: rule.facet, places: free }, now);
    await judgeAnew(client, rule.account_id, [...new Set(looked.map((row) => row.listing_id))]);
    await appendEvidence(client, rule.account_id, [
      { kind: 'policy.changed', at: now, facet: rule.facet, body: { what: 'ignore-rule', from: { rule: ruleId, path: rule.path }, to: null, author } },
    ]);
    return back.length;
  });
}

export interface IgnoreRuleRow {
  readonly id: string;
  readonly account_id: string;
  readonly listing_id: string | null;
  readonly sku: string | null;
  readonly facet: string;
  readonly path: string | null;
  readonly author: string;
  readonly reason: string;
  readonly expires_at: Date | null;
  readonly created_at: Date;
}

export async function listIgnoreRules(pool: Pool, accountId?: string): Promise<IgnoreRuleRow[]> {
  const { rows } = await pool.query<IgnoreRuleRow>(
    `SELECT r.id, r.account_id, r.listing_id, p.sku, r.facet, r.path, r.author, r.reason, r.expires_at, r.created_at
     FROM ignore_rule r LEFT JOIN listing l ON l.id = r.listing_id LEFT JOIN product p ON p.id = l.product_id
     WHERE $1::bigint IS NULL OR r.account_id = $1 ORDER BY r.id`,
    [accountId ?? null],
  );
  return rows;
}
