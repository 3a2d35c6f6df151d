import { giveKeys, keysBeside, type KeyGiver } from '../plan/own-keys.js';
import { steering, SteeringRefused, type Steerer } from '../steer/steering-context.js';
import { releaseCreations } from './hold-creations.js';
import { decided, joinCard, lockProposal, takeApart } from './join-card.js';

/** What a person may say to a proposal. `reopen` takes the last word back: it undoes a match, or lets a rejected pair be asked about again. */
export const MATCH_DECISIONS = ['accept', 'reject', 'reopen'] as const;
export type MatchDecision = (typeof MATCH_DECISIONS)[number];

/**
 * `by.now` is the account's clock, ms. The product's variants that wait for their cards belong to the card from the moment it is joined:
 * a call that is about to leave must not make another one for them.
 * @throws SteeringRefused
 */
export async function decideProposal(who: KeyGiver, proposalId: string, decision: MatchDecision, by: Steerer): Promise<void> {
  const { pool, account } = who;
  const accountId = account.id;
  const followers = decision === 'accept' ? await followersOf(who, proposalId) : new Map<string, string>();
  await steering(pool, async (client) => {
    const proposal = await lockProposal(client, proposalId);
    if (proposal.accountId !== accountId) throw new SteeringRefused('not-found', `There is no proposal ${proposalId}.`, undefined, { code: 'not-found', thing: 'The proposal' });
    if (decision === 'reopen') {
      if (proposal.state === 'accepted') await takeApart(client, proposal, by);
      else await decided(client, proposal, 'open', by);
      return;
    }
    if (proposal.state !== 'open') throw new SteeringRefused('wrong-state', 'This proposal is decided already.', 'Take the decision back first.', { code: 'match-decided' });
    if (decision === 'accept') {
      await joinCard(client, proposal, by);
      await giveKeys(client, accountId, followers);
    } else await decided(client, proposal, 'rejected', by);
    await releaseCreations(client, accountId, by.now);
  });
}

async function followersOf(who: KeyGiver, proposalId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await who.pool.query<{ product_id: string; key: string }>(
    'SELECT m.product_id, l.key FROM match_proposal m JOIN listing l ON l.id = m.listing_id WHERE m.id = $1 AND m.account_id = $2',
    [proposalId, who.account.id],
  );
  const [card] = rows;
  return card === undefined ? new Map() : keysBeside(who, card.product_id, card.key);
}
