import { setTimeout as pause } from 'node:timers/promises';
import { openedDrifts } from '../hub-records.js';
import { CHECKS } from '../names.js';
import type { RefusalsSoFar } from '../refusal-meter.js';
import { sweptAgain } from '../sweeps.js';
import type { World } from '../world.js';
import { PACE } from './first-sync.js';
import { latePage } from './late-page.js';

const SLOW_PACE = 4;
/** The hub reads the clock twice a second; only then does it run at the new pace. */
const CLOCK_FOLLOWED_MS = 1_200;
const BURST_MS = 3_000;
const SWEEP_MS = 60_000;
const SYNC_MS = 120_000;
/** Without a protection it may never be in sync. */
const SABOTAGED_SYNC_MS = 25_000;
/** Nothing is timed while moderators read what was edited. */
const WAITING_PACE = 150;

/** A marketplace at its best: harmless changes, a burst of edits, one answer that comes late. Nothing may be refused, touched or alarmed. */
export async function calm(world: World): Promise<void> {
  const { market, tally } = world;
  const from = { seq: await market.ledgerEnd(), drift: await newestDrift(world) };
  const before = await world.meter.read();
  await echo(world);
  if (!(await sweptAgain(world, SWEEP_MS))) throw new Error('The sweeps do not end in calm.');
  await burst(world);
  // Without its budget the hub is refused for ever: that is all there is to see.
  if ((await checkRefusals(world, before)) > 0 && world.options.sabotage !== undefined) return;
  await latePage(world);
  // The page is let go by a leap of the clock: it has to be taken in before this stretch is over.
  if (!(await sweptAgain(world, SWEEP_MS))) throw new Error('The sweeps do not end after a late page.');
  const settled = await world.until(() => world.allInSync(), patience(world));
  tally.check(CHECKS.alive, !settled && `not in sync after a calm stretch: ${JSON.stringify(await world.door.status())}`);
  await checkRefusals(world, before);
  world.calm.push({ fromSeq: from.seq, toSeq: await market.ledgerEnd(), fromDrift: from.drift, toDrift: await newestDrift(world) });
}

const newestDrift = async (world: World) => (await openedDrifts(await world.database(), world.accountId)).at(-1)?.id ?? 0n;

/** Answers how many requests were refused. */
async function checkRefusals(world: World, before: RefusalsSoFar): Promise<number> {
  const after = await world.meter.read();
  const refused = after.answered - before.answered;
  world.tally.check(CHECKS.calm429, refused > 0 && `${refused} of ${after.requests - before.requests} requests were answered 429`);
  return refused;
}

const patience = (world: World) => (world.options.sabotage === undefined ? SYNC_MS : SABOTAGED_SYNC_MS);

async function echo(world: World): Promise<void> {
  const { echoed } = world.groups;
  const { echoes } = await world.market.scramble({ seed: world.options.seed, cards: 0, echo_cards: echoed.length, offer_ids: echoed });
  world.tally.fired('echo', echoes.length);
}

/** More edits at once than the channel takes in a minute, while its minute is long. */
async function burst(world: World): Promise<void> {
  const { market, groups, tally } = world;
  await market.pace(SLOW_PACE);
  await pause(CLOCK_FOLLOWED_MS);
  let edits = 0;
  await Promise.all(
    lanesOf(groups.edited, 4).map(async (skus) => {
      for (const sku of skus) if (await world.edit(sku, 'title')) edits++;
    }),
  );
  await world.door.nudge(world.accountId);
  await pause(BURST_MS);
  if (edits > 0) tally.fired('burst of edits');
  await market.pace(WAITING_PACE);
  await world.until(() => world.allInSync(), patience(world));
  await market.pace(PACE);
}

/** Deals a list out to so many hands. */
function lanesOf<T>(items: readonly T[], hands: number): T[][] {
  return Array.from({ length: hands }, (_, hand) => items.filter((_item, index) => index % hands === hand));
}
