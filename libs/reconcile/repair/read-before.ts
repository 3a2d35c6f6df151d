import { PRIORITY, type Facet, type ObservedCard, type WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { recordObservations } from '../observe/record-observations.js';
import type { Work } from './find-work.js';
import { needsLive } from './needs-live.js';

/** Live cards just read, by key; `absent` are proven not to exist, everything else missing is unknown. */
export interface LiveCards {
  readonly cards: ReadonlyMap<string, ObservedCard>;
  readonly absent: ReadonlySet<string>;
  /** What was asked of them, or what the call does without: nothing is known of another facet. */
  readonly asked: ReadonlySet<Facet>;
}

const NOTHING: LiveCards = { cards: new Map(), absent: new Set(), asked: new Set() };

/**
 * Reads cards just before a call that replaces more than it means to change (the rest must be carried as it is now) and before a
 * creation (unknown is not absent). What is read counts as an observation: a drift that ended by itself is not repaired.
 */
export async function readBefore(ctx: AccountContext, operation: WriteOperation, work: readonly Work[]): Promise<LiveCards> {
  const facets = facetsToRead(operation, work);
  if (facets === undefined) return NOTHING;
  const answer = await ctx.channel.peek(
    work.map((one) => one.key),
    facets,
    { signal: ctx.signal, priority: PRIORITY.identity },
  );
  await recordObservations(ctx, { startedAt: answer.startedAt, cards: answer.cards });
  return {
    cards: new Map(answer.cards.map((card) => [card.key, card])),
    absent: new Set(answer.absent),
    asked: new Set([...facets, ...(operation.reads === undefined ? [] : operation.replaces)]),
  };
}

/**
 * Only what the call replaces is asked for, or what it names itself: where a channel answers prices and stock elsewhere, trouble there
 * does not hold content up. Of a change only what goes back as it is now; what is set anew need not be known. undefined: nothing.
 */
export function facetsToRead(operation: WriteOperation, work: readonly Work[]): readonly Facet[] | undefined {
  const { replaces, keeps = [], reads, needsDocument } = operation;
  const whole = [...new Set<Facet>([...replaces, 'presence'])];
  if (work.some((one) => one.creates)) return whole;
  if (!work.some((one) => needsLive(operation, one.facets))) return undefined;
  if (reads !== undefined) return reads;
  if (work.some((one) => one.purpose === 'repair')) return whole;
  return needsDocument === undefined ? replaces.filter((facet) => keeps.includes(facet) || work.some((one) => !one.facets.includes(facet))) : replaces;
}
