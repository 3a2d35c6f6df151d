import { BrokenContract } from '#kernel';
import { archivedFor } from '#catalog';
import { PRIORITY, type SweepLane } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { pullBrake } from '../decide/pull-brake.js';
import { recordObservations } from '../observe/record-observations.js';
import { comparePresence, forgetAbsence } from './compare-presence.js';
import { passGate } from './pass-gate.js';
import { readAhead } from './read-ahead.js';
import { underListedKeys } from './listed-keys.js';
import { finishSweep, openSweep } from './sweep-run.js';

/**
 * Walks one lane over the whole account, page by page, and leaves the truth in the facet rows. Memory holds two pages.
 * Resumes where it was interrupted; an interrupted walk proves no absence. Answers whether a walk was finished.
 */
export async function sweepAccount(ctx: AccountContext, lane: SweepLane, force = false): Promise<boolean> {
  const run = await openSweep(ctx, lane, force);
  if (!run) return false;
  const startedAt = Date.now();
  const orphans = lane.facets.includes('presence') && (await everythingIsPlanned(ctx));
  const pages = ctx.channel.sweep(lane.id, run.cursor, { signal: ctx.signal, priority: PRIORITY.sweep });
  let recorded: string | undefined = run.cursor;
  let before: string | undefined;
  let strangers = 0;
  for await (const read of readAhead(pages)) {
    // Only pages that came are compared: pages that are read together begin anew when a walk goes on among them, the first with the cursor it was left at.
    if (read.cursor === before) throw new BrokenContract(`The ${lane.id} sweep was given the same page cursor twice.`);
    before = read.cursor;
    const page = { ...read, cards: await underListedKeys(ctx, read.cards) };
    const differing = await passGate(ctx, lane.id, run, page, recorded);
    strangers += await recordObservations(ctx, { startedAt: page.startedAt, cards: differing, source: page.source, sweepNumber: run.number, orphans });
    recorded = page.cursor;
  }
  if (lane.facets.includes('presence')) {
    await forgetAbsence(ctx, run);
    if (run.cursor === undefined && lane.partial !== true) {
      await comparePresence(ctx, run, startedAt);
      if (strangers === 0) await cardsListed(ctx);
    }
  }
  await pullBrake(ctx, run.number);
  await finishSweep(ctx, lane, run);
  return true;
}

/** Cards are orphans only once every product has its listing; before that they may simply not be matched yet. */
async function everythingIsPlanned(ctx: AccountContext): Promise<boolean> {
  const { rows } = await ctx.pool.query<{ waiting: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM product p WHERE p.approved_revision IS NOT NULL AND NOT ${archivedFor('p', '$2')}
       AND NOT EXISTS (SELECT 1 FROM listing l WHERE l.account_id = $1 AND l.product_id = p.id)) AS waiting`,
    [ctx.account.id, ctx.account.channel],
  );
  return rows[0]?.waiting === false;
}

/** A whole walk met no card that has no listing: from now on what is missing may be created. */
async function cardsListed(ctx: AccountContext): Promise<void> {
  await ctx.pool.query('UPDATE channel_account SET cards_listed_at = $2 WHERE id = $1 AND cards_listed_at IS NULL', [ctx.account.id, new Date(ctx.clock.now())]);
}
