import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

const CARDS = 16;
const RICH = 11254;
/** JSON, so nothing speaks against sending it; the channel wants a list of blocks in it. */
const WRONG = '{"version":0.3}';
const RIGHT = '{"content":[],"version":0.3}';

describe('a value that the channel erases', () => {
  let world: AccountWorld;
  let sku = '';
  let name = '';
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    sku = (await world.skus())[2] ?? '';
    const { rows } = await world.pool.query<{ name: string }>(
      `SELECT a ->> 'name' AS name FROM channel_reference CROSS JOIN LATERAL jsonb_array_elements(body) AS a WHERE key LIKE 'attributes:%' AND a ->> 'id' = $1 LIMIT 1`,
      [String(RICH)],
    );
    name = rows[0]?.name ?? '';
  }, 120_000);
  afterAll(() => world.close());

  const refused = async () => (await world.pool.query<{ path: string; code: string }>('SELECT path, code FROM refused_path')).rows;
  const live = async () => (await world.card(sku)).facets.attributes.value as readonly { id: number; values: { value: string }[] }[];

  it('is refused for its path, shown with the code of the channel, and sent no more; the rest of the card is in sync', async () => {
    const from = await world.ledgerEnd();
    await world.edit(sku, { attributes: { [name]: WRONG } });
    await world.until(async () => (await refused()).length > 0, 'the refusal');
    await world.rounds(4, 900);
    expect(await refused()).toMatchObject([{ path: `attributes.${RICH}` }]);
    expect(await world.counts()).toEqual({ in_sync: CARDS });
    expect((await live()).flatMap((one) => one.values.map((value) => value.value))).not.toContain(WRONG);
    expect((await world.ledger(from, 'A')).length).toBeLessThanOrEqual(1);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('is tried again when the master says something else', async () => {
    await world.edit(sku, { attributes: { [name]: RIGHT } });
    await world.lane('plan');
    expect(await refused()).toEqual([]);
    await world.untilInSync(CARDS);
    expect((await live()).find((one) => one.id === RICH)?.values.map((value) => value.value)).toEqual([RIGHT]);
    expect(await refused()).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});
