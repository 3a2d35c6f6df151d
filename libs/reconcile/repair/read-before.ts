import { PRIORITY, type Facet, type ObservedCard, type WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { recordObservations } from '../observe/record-observations.js';
import type { Work } from './find-work.js';
import { needsLive } from './needs-live.js';

/** Live cards just read, by key; `absent` are proven not to exist, everything else missing is unknown. */
export interface LiveCards {
  readonly cards: ReadonlyMap<string, ObservedCard>;
  readonly absent: ReadonlySet<string>;
}

const NOTHING: LiveCards = { cards: new Map(), absent: new Set() };

/**
 * Reads a card just before a call that replaces more than it means to change (the rest must be carried as it is now) and before a
 * creation (unknown is not absent). What is read counts as an observation: a drift that ended by itself is not repaired. Only what the
 * call replaces is asked for: where a channel answers prices and stock elsewhere, trouble there does not hold content up.
 */
export async function readBefore(ctx: AccountContext, operation: WriteOperation, work: readonly Work[]): Promise<LiveCards> {
  const carries = work.some((one) => needsLive(operation, one.facets));
  const creates = work.some((one) => one.creates);
  if (!carries && !creates) return NOTHING;
  const facets: readonly Facet[] = (creates ? undefined : operation.reads) ?? [...new Set<Facet>([...operation.replaces, 'presence'])];
  const answer = await ctx.channel.peek(
    work.map((one) => one.key),
    facets,
    { signal: ctx.signal, priority: PRIORITY.identity },
  );
  await recordObservations(ctx, { startedAt: answer.startedAt, cards: answer.cards });
  return { cards: new Map(answer.cards.map((card) => [card.key, card])), absent: new Set(answer.absent) };
}
