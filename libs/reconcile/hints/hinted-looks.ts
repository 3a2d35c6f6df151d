import { PRIORITY } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { pullBrake } from '../decide/pull-brake.js';
import { recordObservations } from '../observe/record-observations.js';
import { answerHints } from './answer-hints.js';

/** So long what comes is gathered: one save of a person is several events, and many cards are one request. */
const GATHER_MS = 2_000;
/** A card is looked at once in this time at most, whatever comes. */
const REST_MS = 15_000;
/** Not more than the mass-drift brake allows to drift before it is asked. */
const BATCH = 50;

interface HintedCard {
  readonly id: string;
  readonly key: string;
}

/**
 * Reads the cards that the channel said have changed. The word itself is never believed: what was read is judged like the page of a sweep.
 * What a call of ours changed is read by the next sweep anyway, so its echo waits for that; only repairs are looked at, to prove them.
 * Times are the account's clock.
 */
export class HintedLooks {
  private gatherUntil: number | undefined;
  private readonly lookedAt = new Map<string, number>();

  /** Answers how many cards were read. */
  async look(ctx: AccountContext): Promise<number> {
    const now = ctx.clock.now();
    for (const [id, at] of this.lookedAt) if (at + REST_MS <= now || at > now) this.lookedAt.delete(id);
    let cards = await this.waiting(ctx);
    const until = Math.min(this.gatherUntil ?? Infinity, now + GATHER_MS);
    this.gatherUntil = cards.length > 0 && now < until ? until : undefined;
    if (cards.length === 0 || this.gatherUntil !== undefined) return 0;
    const sweep = await lastWholeSweep(ctx);
    if (sweep === undefined) return 0;
    for (let seen = 0; ; cards = await this.waiting(ctx)) {
      if (cards.length === 0) return seen;
      seen += cards.length;
      if (await this.read(ctx, cards, sweep)) return seen;
    }
  }

  private async waiting(ctx: AccountContext): Promise<readonly HintedCard[]> {
    const { rows } = await ctx.pool.query<HintedCard>(
      `SELECT l.id, l.key FROM sweep_hint h JOIN listing l ON l.id = h.listing_id
       WHERE h.account_id = $1 AND h.listing_id <> ALL($2::bigint[])
         AND NOT EXISTS (SELECT 1 FROM listing_facet f WHERE f.listing_id = h.listing_id AND (f.state = 'sending' OR (f.state = 'settling' AND f.drift_id IS NULL)))
       ORDER BY h.at, l.id LIMIT ${BATCH}`,
      [ctx.account.id, [...this.lookedAt.keys()]],
    );
    return rows;
  }

  /** Drifts count as found by the last whole sweep, so that the brake sees how many there are. Answers whether it was pulled. */
  private async read(ctx: AccountContext, cards: readonly HintedCard[], sweep: string): Promise<boolean> {
    const keys = cards.map((card) => card.key);
    const answer = await ctx.channel.peek(keys, ctx.module.descriptor.facets, { signal: ctx.signal, priority: PRIORITY.identity });
    await recordObservations(ctx, { startedAt: answer.startedAt, cards: answer.cards, sweepNumber: sweep });
    const braked = await pullBrake(ctx, sweep);
    // What the answer does not show is no proof of absence: that takes whole walks.
    const ids = cards.map((card) => card.id);
    await answerHints(ctx.pool, ctx.account.id, ids, answer.startedAt);
    for (const id of ids) this.lookedAt.set(id, ctx.clock.now());
    return braked;
  }
}

/** undefined before the first one: it reads everything by itself. */
async function lastWholeSweep(ctx: AccountContext): Promise<string | undefined> {
  const { rows } = await ctx.pool.query<{ number: string | null }>(`SELECT max(number) AS number FROM sweep_run WHERE account_id = $1 AND state = 'complete'`, [ctx.account.id]);
  return rows[0]?.number ?? undefined;
}
