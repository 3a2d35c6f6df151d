import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FACETS } from '#channels/contract';
import { setPolicy } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 5;
let world: AccountWorld;
let other: AccountWorld | undefined;
beforeAll(async () => {
  world = await AccountWorld.open({ products: CARDS, mode: 'observe' });
  await world.rounds(2);
}, 120_000);
afterAll(async () => {
  await other?.stop();
  await world.close();
});

const states = async (key: string) => {
  const { rows } = await world.pool.query<{ state: string; reason: string | null }>(
    `SELECT DISTINCT f.state, f.reason FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE l.account_id = $1 AND l.key = $2 ORDER BY 1, 2`,
    [world.accountId, key],
  );
  return rows.map(({ state, reason }) => `${state} ${reason ?? ''}`.trim());
};

it('a product archived before its card was made asks for nothing, and is made when it is sold again', async () => {
  const [never = '', again = ''] = await world.skus();
  expect(await world.counts()).toEqual({ held: CARDS });
  const from = await world.ledgerEnd();
  for (const sku of [never, again]) await world.edit(sku, { archived: true });
  await setPolicy(world.pool, world.accountId, Object.fromEntries(FACETS.map((facet) => [facet, 'auto'])), world.by);
  await world.until(async () => (await world.counts())['in_sync'] === CARDS - 2, 'the others are made');
  expect(await world.counts()).toEqual({ in_sync: CARDS - 2, ignored: 2 });
  expect(await states(never)).toEqual(['ignored not-wanted']);
  expect((await world.ledger(from)).map((entry) => entry.offer_id)).not.toContain(never);

  await world.edit(never, { title: 'Правка снятого с продажи' });
  await world.edit(again, { archived: false });
  await world.until(async () => (await world.counts())['in_sync'] === CARDS - 1, 'the one sold again is made');
  expect(await states(never)).toEqual(['ignored not-wanted']);
  expect(await world.breaches()).toEqual([]);
}, 120_000);

it('a card that vanished is not to be made anew once its product is archived', async () => {
  const gone = (await world.control<{ injected: { offer_id: string }[] }>('POST', '/gremlins', { seed: 8, kinds: ['missing'], cards: 1 })).injected[0]?.offer_id ?? '';
  await world.rounds(4);
  expect(await world.facet(gone, 'presence')).toMatchObject({ state: 'held', reason: 'missing' });
  await world.edit(gone, { archived: true });
  await world.rounds(3);
  expect(await states(gone)).toEqual(['ignored not-wanted']);
  expect((await world.drifts()).filter(({ key }) => key === gone)).toMatchObject([{ kind: 'missing', state: 'superseded', reason: 'not-wanted' }]);
  expect(await world.breaches()).toEqual([]);
}, 120_000);

it('a card of a product without one that turns up all the same waits for a person to archive it', async () => {
  const [never = ''] = await world.skus();
  await world.edit(never, { archived: false });
  const maker = (other = await world.join());
  await maker.until(async () => (await maker.facet(never, 'presence')).state === 'in_sync', 'another account makes the card');
  await world.edit(never, { archived: true });
  await world.rounds(3);
  expect(await world.facet(never, 'presence')).toMatchObject({ state: 'held', reason: 'archive-needs-approval' });
  expect(await world.breaches()).toEqual([]);
}, 120_000);
