import { Refused, Unauthorised } from '#kernel';
import { errorText } from '#platform';
import { PRIORITY, type FloorKeeper } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { isContractBreak, recordContractBreak } from '../account/contract-breaks.js';
import { inTransaction } from '../account/in-transaction.js';
import { quietUntil } from '../decide/decide.js';
import { appendEvidence } from '../evidence/index.js';
import { stillMaySend } from '../repair/intent.js';

/** Terms are weeks long: a look a day is enough (account clock). */
const CHECK_EVERY_MS = 24 * 3_600_000;

interface Floored {
  readonly id: string;
  readonly card: string;
}

/** A floor that ends soon; `until` 0: it does not hold any more. */
interface Ending extends Floored {
  readonly until: number;
}

/**
 * Renews floors before the channel lets them go, for prices that Etalon keeps by itself and that are right. The channel itself tells
 * how long they hold, so nothing is remembered here; where sending is held back, floors wait like everything else.
 */
export class FloorUpkeep {
  private checkedAt = -Infinity;

  async keep(ctx: AccountContext): Promise<void> {
    const { floors } = ctx.channel;
    const now = ctx.clock.now();
    if (floors === undefined || now < this.checkedAt + CHECK_EVERY_MS || !maySend(ctx, now)) return;
    try {
      await this.walk(ctx, floors);
    } catch (error) {
      // Whether the key was revoked every other call tells; floors are looked at again tomorrow.
      if (isContractBreak(error)) await recordContractBreak(ctx.pool, ctx.account.id, now, error);
      else if (!(error instanceof Unauthorised || error instanceof Refused)) throw error;
      ctx.log.warn({ account: ctx.account.id, error: errorText(error) }, 'floors of prices could not be renewed');
    }
    this.checkedAt = now;
  }

  private async walk(ctx: AccountContext, floors: FloorKeeper): Promise<void> {
    for (let after = '0'; ;) {
      const cards = await flooredCards(ctx, after, floors.batch);
      const last = cards.at(-1);
      if (last === undefined) return;
      after = last.id;
      await this.look(ctx, floors, cards);
    }
  }

  private async look(ctx: AccountContext, floors: FloorKeeper, cards: readonly Floored[]): Promise<void> {
    const run = { signal: ctx.signal, priority: PRIORITY.price };
    const before = await floors.until(
      cards.map(({ card }) => card),
      run,
    );
    const soon = ctx.clock.now() + floors.renewBeforeMs;
    const ending = cards.flatMap((one): Ending[] => {
      const until = before.get(one.card);
      return until === undefined || until > soon ? [] : [{ ...one, until }];
    });
    if (ending.length === 0 || !(await intend(ctx, ending))) return;
    const ids = ending.map(({ card }) => card);
    await floors.renew(ids, run);
    await prove(ctx, ending, await floors.until(ids, run), soon);
  }
}

function maySend({ account }: AccountContext, now: number): boolean {
  return account.state === 'active' && account.modes.price === 'auto' && quietUntil(now, account.quietHours) === undefined;
}

/** Cards that show the wanted price with its floor, in the order of their listings. */
async function flooredCards(ctx: AccountContext, after: string, limit: number): Promise<Floored[]> {
  const { rows } = await ctx.pool.query<Floored>(
    `SELECT l.id, l.external_id AS card FROM listing l
     JOIN listing_facet f ON f.listing_id = l.id AND f.facet = 'price' AND f.part = '' AND f.state = 'in_sync'
     JOIN observed_document d ON d.listing_id = l.id AND d.facet = 'price' AND d.part = '' AND d.body ? 'min'
     JOIN LATERAL (SELECT r.values -> 'price' AS price FROM listing_render r WHERE r.listing_id = l.id
       ORDER BY r.revision DESC, r.rules_version DESC, r.projection DESC LIMIT 1) w ON w.price ? 'min'
     WHERE l.account_id = $1 AND l.id > $2 AND l.external_id IS NOT NULL AND (l.frozen_until IS NULL OR l.frozen_until <= $4)
     ORDER BY l.id LIMIT $3`,
    [ctx.account.id, after, limit, new Date(ctx.clock.now())],
  );
  return rows;
}

/** On the record before anything leaves, and only while this process owns the account. */
function intend(ctx: AccountContext, ending: readonly Ending[]): Promise<boolean> {
  return inTransaction(ctx.pool, async (client) => {
    if (!(await stillMaySend(client, ctx))) return false;
    await appendEvidence(
      client,
      ctx.account.id,
      ending.map(({ id, until }) => ({
        kind: 'floor.intent' as const,
        at: ctx.clock.now(),
        listingId: id,
        facet: 'price' as const,
        body: { ends: until === 0 ? null : new Date(until).toISOString() },
      })),
    );
    return true;
  });
}

/** What the channel says afterwards. A floor that still ends soon is tried again at the next look. */
async function prove(ctx: AccountContext, ending: readonly Ending[], after: ReadonlyMap<string, number>, soon: number): Promise<void> {
  const renewed = ending.flatMap(({ id, card }) => {
    const until = after.get(card) ?? 0;
    return until > soon ? [{ kind: 'floor.renewed' as const, at: ctx.clock.now(), listingId: id, facet: 'price' as const, body: { until: new Date(until).toISOString() } }] : [];
  });
  await inTransaction(ctx.pool, (client) => appendEvidence(client, ctx.account.id, renewed));
  if (renewed.length < ending.length) ctx.log.warn({ account: ctx.account.id, cards: ending.length - renewed.length }, 'floors of prices were not renewed');
}
