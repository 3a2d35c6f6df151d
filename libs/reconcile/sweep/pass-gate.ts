import type { ObservationPage, ObservedCard } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { cardPrint } from '../observe/projection.js';
import type { SweepRun } from './sweep-run.js';

/**
 * The whole cost of an unchanged page: one statement. It compares the page's prints with the kept ones, notes which ids were seen,
 * and moves the resume cursor past the page before (that one is recorded by now). Answers the cards that differ.
 * Each print is looked up by its key: a join would be planned as a walk over all prints of the account, once a page.
 */
export async function passGate(ctx: AccountContext, lane: string, run: SweepRun, page: ObservationPage, resume: string | undefined): Promise<ObservedCard[]> {
  const keys = page.cards.map((card) => card.key);
  const prints = page.cards.map((card) => cardPrint(card, ctx.module.descriptor.projection));
  const showsPresence = page.cards[0]?.values.presence !== undefined;
  const { rows } = await ctx.pool.query<{ ordinal: number }>({
    name: 'sweep-pass-gate',
    text: `WITH u AS (SELECT t.key, t.print, t.ordinal::integer AS ordinal FROM unnest($3::text[], $4::bigint[]) WITH ORDINALITY AS t(key, print, ordinal)),
      seen AS (INSERT INTO sweep_seen (account_id, number, key) SELECT $1, $5, k FROM unnest($3::text[]) AS k WHERE $6::boolean ON CONFLICT DO NOTHING),
      moved AS (UPDATE sweep_run SET cursor = coalesce($8, cursor), pages = pages + 1, cards = cards + cardinality($3::text[])
        WHERE account_id = $1 AND lane = $7 AND number = $5)
      SELECT u.ordinal FROM u
      WHERE u.print IS DISTINCT FROM (SELECT r.print FROM read_print r WHERE r.account_id = $1 AND r.source = $2 AND r.key = u.key)`,
    values: [ctx.account.id, page.source, keys, prints, run.number, showsPresence, lane, resume ?? null],
  });
  return rows.flatMap(({ ordinal }) => page.cards[ordinal - 1] ?? []);
}
