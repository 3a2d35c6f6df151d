import { type EditedField, EDITED_FIELDS } from '../edit-journal.js';
import { fieldValue } from '../field-values.js';
import { noticedDrifts, sentCalls, type SentCall, unrecordedCalls } from '../hub-records.js';
import { CHECKS } from '../names.js';
import type { World } from '../world.js';

/** What the hub recorded of its own sending: order, owner, before-images, floor and stock. */
export async function checkCalls(world: World): Promise<void> {
  const pool = await world.database();
  const calls = await sentCalls(pool, world.accountId);
  const unrecorded = await unrecordedCalls(pool, world.accountId);
  world.tally.check(CHECKS.chain, unrecorded.length > 0 && `calls ${unrecorded.slice(0, 10).join(', ')} left no evidence`);
  checkOrder(world, calls);
  checkOwner(world, calls);
  await checkBeforeImages(world, calls);
  for (const call of calls) checkAmounts(world, call);
}

/** Every value written at the door is used once, so the value a call carried says which edit it is from. */
function checkOrder(world: World, calls: readonly SentCall[]): void {
  const newest = new Map<string, number>();
  for (const call of calls) {
    for (const field of EDITED_FIELDS) {
      if (field === 'media' || field === 'attribute') continue;
      const value = sentValue(call, field);
      const original = world.originals.get(call.key);
      if (value === undefined || original === undefined) continue;
      const mark = world.journal.markOf(call.key, field, value, fieldValue(original, field));
      if (mark === undefined) continue;
      const place = `${call.key}/${field}`;
      const before = newest.get(place) ?? 0;
      world.tally.check(CHECKS.order, mark < before && `${call.key}: edit ${mark} of ${field} was sent after edit ${before} (call ${call.id})`);
      newest.set(place, Math.max(before, mark));
    }
  }
}

function sentValue(call: SentCall, field: EditedField): string | undefined {
  const value = call.values[field];
  if (field === 'price') return typeof value === 'object' && value !== null && 'price' in value ? String(value.price) : undefined;
  if (field === 'stock') return typeof value === 'object' && value !== null ? String(Object.values(value).reduce<number>((sum, pieces) => sum + Number(pieces), 0)) : undefined;
  return typeof value === 'string' ? value : undefined;
}

function checkOwner(world: World, calls: readonly SentCall[]): void {
  for (const { afterSeq, epoch } of world.usurpations) {
    const late = calls.filter((call) => call.seq > BigInt(afterSeq));
    const old = late.filter((call) => call.epoch < epoch);
    if (late.length > 0)
      world.tally.check(
        CHECKS.fence,
        old.length > 0 &&
          `${old.length} calls were sent under an epoch before ${epoch} (calls ${old
            .slice(0, 8)
            .map((call) => call.id)
            .join(', ')})`,
      );
  }
  for (const [index, call] of calls.entries()) {
    const before = calls[index - 1];
    world.tally.check(CHECKS.fence, before !== undefined && call.epoch < before.epoch && `call ${call.id} has epoch ${call.epoch} after ${before.epoch}`);
  }
}

async function checkBeforeImages(world: World, calls: readonly SentCall[]): Promise<void> {
  const noticed = await noticedDrifts(await world.database(), world.accountId);
  for (const call of calls) {
    if (call.purpose !== 'repair') continue;
    const kept = noticed.some((one) => one.key === call.key && one.seq < call.seq && call.facets.some((facet) => facet.facet === one.facet));
    world.tally.check(CHECKS.evidence, !kept && `${call.key}: ${call.operation} ${call.id} repaired ${call.facets.map((facet) => facet.facet).join(', ')} without a before-image`);
  }
  // A card that is edited too may be overwritten by that edit before any sweep saw it.
  const scrambledOnly = new Set(world.groups.scrambled);
  for (const injected of (await world.market.injected()).filter((one) => scrambledOnly.has(one.offer_id))) {
    const seen = noticed.some((one) => one.key === injected.offer_id && one.seq > (world.scrambledAfter.get(injected.id) ?? 0n));
    world.tally.check(CHECKS.noticed, !seen && `${injected.offer_id}: ${injected.kind} of ${injected.facet} at ${injected.at} left no before-image`);
  }
}

function checkAmounts(world: World, call: SentCall): void {
  const original = world.originals.get(call.key);
  if (original === undefined) return;
  const floor = original.minPrice?.minor;
  for (const body of Array.isArray(call.request) ? call.request : [call.request]) {
    if (typeof body !== 'object' || body === null || !('price' in body) || typeof body.price !== 'string' || floor === undefined) continue;
    const minor = Math.round(Number(body.price) * 100);
    world.tally.check(CHECKS.floor, minor < floor && `${call.key}: ${call.operation} ${call.id} sends ${minor}, the floor is ${floor}`);
  }
  const pieces = sentValue(call, 'stock');
  if (pieces === undefined) return;
  const wanted = [fieldValue(original, 'stock'), ...world.journal.of(call.key, 'stock').map((edit) => edit.value)].map(Number);
  world.tally.check(
    CHECKS.stock,
    Number(pieces) > Math.max(...wanted) && `${call.key}: call ${call.id} sends ${pieces} pieces, never more than ${Math.max(...wanted)} were wanted`,
  );
}
