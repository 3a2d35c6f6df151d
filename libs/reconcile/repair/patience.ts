import type { Channel, WriteOperation } from '#channels/contract';

/** No call is asked after sooner than this. */
const SOONEST_MS = 5_000;
/** Calls that were sent close together are asked after together. */
const GRID_MS = 5_000;
/** What took longer than expected: the next may take longer still, as far as can be told from so few. */
const marginAfter = (calls: number): number => Math.max(1.1, 1 + 1 / calls);
/** A single slow call teaches no more than twice what was expected… */
const MOST_GROWTH = 2;
/** …or this, however little it was. */
const FREE_GROWTH_MS = 30_000;
/** Each call that was over when first asked after may have been over sooner. */
const SHRINK = 0.98;

/**
 * How long the calls of a channel are under way, learned from those that came to their end: each is first asked after when it is
 * likely over, for a question that comes too early has to be asked again. Kept as long as the channel is connected; times in ms of
 * the account's clock.
 */
export class Patience {
  private readonly expected = new Map<string, number>();
  private readonly calls = new Map<string, number>();
  /** Calls that were not over when first asked after, and what was expected of them then. */
  private readonly late = new Map<string, number>();

  /** When to ask for the first time after a call that was accepted now. */
  firstQuestion(operation: WriteOperation, now: number): number {
    return Math.ceil((now + this.expectedOf(operation)) / GRID_MS) * GRID_MS;
  }

  /** It is asked after and still under way. */
  running(operation: WriteOperation, task: string): void {
    if (!this.late.has(task)) this.late.set(task, this.expectedOf(operation));
  }

  /** It ended in a way that says nothing about others. */
  forget(task: string): void {
    this.late.delete(task);
  }

  /** It is over; `tookMs` from its acceptance to the answer that says so. */
  over(operation: WriteOperation, task: string, tookMs: number): void {
    const expected = this.expectedOf(operation);
    const calls = (this.calls.get(operation.id) ?? 0) + 1;
    this.calls.set(operation.id, calls);
    const before = this.late.get(task);
    this.late.delete(task);
    const learned = before === undefined ? expected * SHRINK : Math.max(expected, Math.min(tookMs * marginAfter(calls), Math.max(before * MOST_GROWTH, FREE_GROWTH_MS)));
    this.expected.set(operation.id, Math.min(Math.max(learned, SOONEST_MS), operation.settleMs / 2));
  }

  private expectedOf(operation: WriteOperation): number {
    return this.expected.get(operation.id) ?? operation.usualMs ?? SOONEST_MS;
  }
}

const learned = new WeakMap<Channel, Patience>();

export function patienceWith(channel: Channel): Patience {
  const known = learned.get(channel) ?? new Patience();
  learned.set(channel, known);
  return known;
}
