import type { PoolClient } from 'pg';
import type { AccountContext } from '../account/account-context.js';
import { appendEvidence } from '../evidence/index.js';
import type { Judgement } from './judge-listings.js';

/** Records that what we pushed was read back from the channel: the proof, later, that a change after it was not ours. */
export async function proveVerified(client: PoolClient, ctx: AccountContext, verified: Judgement['verified']): Promise<void> {
  const prints = new Map<string, Record<string, string>>();
  for (const { listing, row } of verified) {
    const own = prints.get(listing.id) ?? {};
    own[row.part ? `${row.facet}/${row.part}` : row.facet] = row.desired ?? '';
    prints.set(listing.id, own);
  }
  await appendEvidence(
    client,
    ctx.account.id,
    [...prints].map(([listingId, own]) => ({ kind: 'push.verified' as const, at: ctx.clock.now(), listingId, body: { prints: own } })),
  );
}
