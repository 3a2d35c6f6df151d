import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approveListing, releaseBrake } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 80;
const GONE = 65;

describe('most cards of an account vanishing in one sweep', () => {
  let world: AccountWorld;
  let gone: string[] = [];
  let from = 0;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    from = await world.ledgerEnd();
    const { injected } = await world.control<{ injected: { offer_id: string }[] }>('POST', '/gremlins', { seed: 8, kinds: ['missing'], cards: GONE });
    gone = injected.map((one) => one.offer_id).sort();
    await world.rounds(4);
  }, 120_000);
  afterAll(() => world.close());

  it('ends held: the account brakes, every card is named, nothing is written', async () => {
    expect(gone).toHaveLength(GONE);
    expect(await world.counts()).toEqual({ in_sync: CARDS - GONE, held: GONE });
    const drifts = (await world.drifts()).filter((drift) => drift.facet === 'presence');
    expect(drifts.map((drift) => drift.key).sort()).toEqual(gone);
    expect(new Set(drifts.map((drift) => `${drift.kind} ${drift.state}`))).toEqual(new Set(['missing held']));
    const { rows } = await world.pool.query<{ state: string }>('SELECT state FROM channel_account WHERE id = $1', [world.accountId]);
    expect(rows).toEqual([{ state: 'braked' }]);
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('is not made anew by edits, by time, or by releasing the brake', async () => {
    const sku = gone[0] ?? '';
    await world.edit(sku, { title: 'Правка пропавшей карточки' });
    await world.rounds(2);
    await world.jump(3 * 86_400);
    await releaseBrake(world.pool, world.accountId, world.by);
    await world.rounds(3);
    expect(await world.ledger(from, 'A')).toEqual([]);
    const counts = await world.counts();
    expect(counts['in_sync']).toBe(CARDS - GONE);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('is undone card by card where a person says so', async () => {
    const sku = gone[1] ?? '';
    await approveListing(world.pool, await world.listingId(sku), 'presence', world.by);
    await world.until(async () => (await world.facet(sku, 'presence')).state === 'in_sync', 'the approved card is made anew', 40);
    expect(new Set((await world.ledger(from, 'A')).map((entry) => entry.offer_id))).toEqual(new Set([sku]));
    expect((await world.card(sku)).facets.presence.value).toBe('listed');
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});
