import type { Pool } from 'pg';
import type { Facet } from '#channels/contract';
import { appendEvidence } from '../evidence/index.js';
import { cardsOf, coverage, type IgnorePreview } from './ignore-rules.js';
import { steering, SteeringRefused } from './steering-context.js';

interface RulePlace {
  readonly account_id: string;
  readonly listing_id: string | null;
  readonly facet: Facet;
  readonly path: string | null;
  readonly reason: string;
  readonly expires_at: Date | null;
}

const missing = (ruleId: string): SteeringRefused => new SteeringRefused('not-found', `There is no ignore rule ${ruleId}.`, undefined, { code: 'not-found', thing: 'The rule' });

/** What a rule silences now: cards that would drift, were it not for the rule. @throws SteeringRefused */
export async function coverOfRule(pool: Pool, ruleId: string): Promise<IgnorePreview> {
  const { rows } = await pool.query<RulePlace>('SELECT account_id, listing_id, facet, path, reason, expires_at FROM ignore_rule WHERE id = $1', [ruleId]);
  const rule = rows[0];
  if (rule === undefined) throw missing(ruleId);
  const draft = {
    accountId: rule.account_id,
    facet: rule.facet,
    reason: rule.reason,
    ...(rule.listing_id === null ? {} : { listingId: rule.listing_id }),
    ...(rule.path === null ? {} : { path: rule.path }),
  };
  const { covered, partly } = await coverage(pool, draft, ['ignored']);
  const cards = cardsOf(covered);
  return { cards: cards.length, still_drifted: cardsOf(partly).length, examples: cards.slice(0, 20) };
}

/** Sets when a rule ends by itself (account clock); null: never. `nowOf` answers the account's present time. @throws SteeringRefused */
export function setRuleEnd(pool: Pool, ruleId: string, expiresAt: Date | null, author: string, nowOf: (accountId: string) => number): Promise<void> {
  return steering(pool, async (client) => {
    const { rows } = await client.query<RulePlace>('SELECT account_id, listing_id, facet, path, reason, expires_at FROM ignore_rule WHERE id = $1 FOR UPDATE', [ruleId]);
    const rule = rows[0];
    if (rule === undefined) throw missing(ruleId);
    await client.query('UPDATE ignore_rule SET expires_at = $2 WHERE id = $1', [ruleId, expiresAt]);
    await appendEvidence(client, rule.account_id, [
      {
        kind: 'policy.changed',
        at: nowOf(rule.account_id),
        facet: rule.facet,
        ...(rule.listing_id === null ? {} : { listingId: rule.listing_id }),
        body: {
          what: 'ignore-rule',
          from: { rule: ruleId, expires_at: rule.expires_at?.toISOString() ?? null },
          to: { rule: ruleId, expires_at: expiresAt?.toISOString() ?? null },
          author,
        },
      },
    ]);
  });
}
