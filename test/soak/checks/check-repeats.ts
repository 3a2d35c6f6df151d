import { sentCalls } from '../hub-records.js';
import type { LedgerEntry } from '../marketplace.js';
import { CHECKS } from '../names.js';
import type { World } from '../world.js';

/** Writes of the same content closer together than any deadline of the hub are a repetition, not a second try. */
const SECOND_TRY_MS = 2 * 60_000;
const CREATING = '/v3/product/import';

/** Lost answers: read back and waited for, never sent again on a guess. The marketplace's ledger and the hub's own record are asked. */
export async function checkRepeats(world: World): Promise<void> {
  await checkReadBacks(world);
  const ledger = (await world.market.ledger()).filter((entry) => entry.offer_id !== '');
  checkLedger(world, ledger);
  checkOrderInLedger(world, ledger);
  await checkCreations(world, ledger);
}

/** A call that counts as lost must have been given its whole time to show. */
async function checkReadBacks(world: World): Promise<void> {
  const pool = await world.database();
  const calls = new Map((await sentCalls(pool, world.accountId)).map((call) => [call.id, call]));
  const { rows } = await pool.query<{ intent_id: string; at: Date; found: string }>(
    `SELECT e.intent_id, e.at, b.body::jsonb ->> 'found' AS found FROM evidence e JOIN evidence_body b USING (account_id, seq) WHERE e.account_id = $1 AND e.kind = 'push.readback' ORDER BY e.seq`,
    [world.accountId],
  );
  for (const row of rows) {
    const call = calls.get(row.intent_id);
    if (call === undefined) continue;
    const hasty = row.found === 'not-applied' && row.at.getTime() < call.deadlineAt;
    world.tally.check(
      CHECKS.repeat,
      hasty && `${call.key}: ${call.operation} ${call.id} was given up ${Math.round((call.deadlineAt - row.at.getTime()) / 1000)} s before its deadline`,
    );
  }
}

const contentOf = (entry: LedgerEntry) => `${entry.method} ${entry.facets.map((facet) => `${facet.facet}=${facet.after_digest}`).join(' ')}`;

function checkLedger(world: World, ledger: readonly LedgerEntry[]): void {
  const last = new Map<string, LedgerEntry>();
  for (const entry of ledger) {
    const before = last.get(entry.offer_id);
    last.set(entry.offer_id, entry);
    if (entry.key !== 'A' || before?.key !== 'A') continue;
    const again = contentOf(entry) === contentOf(before) && Date.parse(entry.at) - Date.parse(before.at) < SECOND_TRY_MS && !revalidates(entry);
    world.tally.check(CHECKS.repeat, again && `${entry.offer_id}: ledger ${before.seq} and ${entry.seq} are the same ${entry.method}`);
  }
}

/** A card that is held back is looked at again by sending a harmless value as it is. */
const revalidates = (entry: LedgerEntry) => entry.facets.every((facet) => !facet.changed && !facet.needless);

/** On cards that only the master writes, a value that was replaced never comes back. */
function checkOrderInLedger(world: World, ledger: readonly LedgerEntry[]): void {
  const own = new Set(world.groups.edited);
  const seen = new Map<string, string[]>();
  for (const entry of ledger) {
    if (!own.has(entry.offer_id) || entry.key !== 'A') continue;
    for (const { facet, after_digest: digest } of entry.facets) {
      if (!['title', 'description', 'price', 'stock'].includes(facet)) continue;
      const place = `${entry.offer_id}/${facet}`;
      const values = seen.get(place) ?? [];
      if (values.at(-1) === digest) continue;
      world.tally.check(CHECKS.order, values.includes(digest) && facet !== 'stock' && `${entry.offer_id}: ledger ${entry.seq} brings an older ${facet} back`);
      seen.set(place, [...values, digest]);
    }
  }
}

async function checkCreations(world: World, ledger: readonly LedgerEntry[]): Promise<void> {
  const created = new Map<string, number>();
  for (const entry of ledger) {
    if (entry.method !== CREATING || !entry.facets.some((facet) => facet.facet === 'presence' && facet.changed)) continue;
    created.set(entry.offer_id, (created.get(entry.offer_id) ?? 0) + 1);
  }
  for (const [offerId, times] of created) world.tally.check(CHECKS.creates, times > 1 && `${offerId} was created ${times} times`);
  const cards = await world.market.cardCount();
  world.tally.check(CHECKS.creates, cards !== world.options.cards && `there are ${cards} cards, ${world.options.cards} were asked for`);
}
