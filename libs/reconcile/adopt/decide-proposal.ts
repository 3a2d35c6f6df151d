import type { Pool } from 'pg';
import { steering, SteeringRefused, type Steerer } from '../steer/steering-context.js';
import { releaseCreations } from './hold-creations.js';
import { decided, joinCard, lockProposal, takeApart } from './join-card.js';

/** What a person may say to a proposal. `reopen` takes the last word back: it undoes a match, or lets a rejected pair be asked about again. */
export const MATCH_DECISIONS = ['accept', 'reject', 'reopen'] as const;
export type MatchDecision = (typeof MATCH_DECISIONS)[number];

/** `by.now` is the account's clock, ms. @throws SteeringRefused */
export function decideProposal(pool: Pool, accountId: string, proposalId: string, decision: MatchDecision, by: Steerer): Promise<void> {
  return steering(pool, async (client) => {
    const proposal = await lockProposal(client, proposalId);
    if (proposal.accountId !== accountId) throw new SteeringRefused('not-found', `There is no proposal ${proposalId}.`, undefined, { code: 'not-found', thing: 'The proposal' });
    if (decision === 'reopen') {
      if (proposal.state === 'accepted') await takeApart(client, proposal, by);
      else await decided(client, proposal, 'open', by);
      return;
    }
    if (proposal.state !== 'open') throw new SteeringRefused('wrong-state', 'This proposal is decided already.', 'Take the decision back first.', { code: 'match-decided' });
    if (decision === 'accept') await joinCard(client, proposal, by);
    else await decided(client, proposal, 'rejected', by);
    await releaseCreations(client, accountId, by.now);
  });
}
