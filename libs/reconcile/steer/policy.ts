import type { Pool } from 'pg';
import { FACETS, type Facet } from '#channels/contract';
import { type PolicyMode, setMode } from '#listings';
import { appendEvidence } from '../evidence/index.js';
import { releaseFacets } from './release-facets.js';
import { lockAccount, steering, type Steerer } from './steering-context.js';

/** Reasons under which the mode of a facet holds it. */
const HELD_BY_MODE = ['policy', 'approval'] as const;

/**
 * Sets how far Etalon goes by itself with a facet of an account. What the old mode held is decided anew at once.
 * Returns how many facets went back to work. @throws SteeringRefused
 */
export function setPolicy(pool: Pool, accountId: string, modes: Readonly<Partial<Record<Facet, PolicyMode>>>, by: Steerer): Promise<number> {
  return steering(pool, async (client) => {
    await lockAccount(client, accountId);
    const { rows } = await client.query<{ facet: string; mode: PolicyMode }>('SELECT facet, mode FROM facet_policy WHERE account_id = $1', [accountId]);
    const before = new Map(rows.map((row) => [row.facet, row.mode]));
    let released = 0;
    for (const facet of FACETS) {
      const mode = modes[facet];
      if (mode === undefined) continue;
      const old = before.get(facet) ?? 'observe';
      if (old === mode && before.has(facet)) continue;
      await setMode(client, accountId, facet, mode);
      const back = await releaseFacets(client, { accountId, states: ['held'], reasons: HELD_BY_MODE, facet }, by.now);
      released += back.length;
      await appendEvidence(client, accountId, [{ kind: 'policy.changed', at: by.now, facet, body: { what: 'mode', from: old, to: mode, author: by.author } }]);
    }
    return released;
  });
}
