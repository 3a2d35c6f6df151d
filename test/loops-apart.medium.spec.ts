import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RetryLater } from '#kernel';
import { wildberries } from '#channels/wildberries';
import { checkFacetRules } from '#reconcile';
import { MarketAccount } from './market-account.js';
import { wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';

const GOODS = '/api/v2/list/goods/filter';
const UPDATE = '/content/v2/cards/update';

/** Prices and stock are told by other hosts than cards: what happens there must not hold the rest up. */
describe('a marketplace whose prices can no longer be read', () => {
  let world: WildberriesWorld;
  let account: MarketAccount;
  let sku = '';
  let broken = false;
  let lost = 0;
  const struck: string[] = [];
  beforeAll(async () => {
    world = await wildberriesWorld();
    account = await MarketAccount.open(wildberries, world, {
      products: 3,
      through: (request) => async (call) => {
        const answer = await request(call);
        if (broken && call.url.includes(GOODS)) return { ...answer, body: { moved: true } };
        if (lost > 0 && call.url.endsWith(UPDATE)) {
          lost--;
          struck.push(call.url);
          throw new RetryLater('the connection ended before the answer', true);
        }
        return answer;
      },
    });
    await account.until(() => account.inSync(), 'first sync');
    sku = (await account.pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows[0]?.sku ?? '';
  }, 120_000);
  afterAll(() => account.close());

  const title = async () => (await world.control<{ facets: { title: { value: string } } }>(`/cards/${sku}`)).body.facets.title.value;
  async function rename(name: string): Promise<void> {
    const current = await account.products.read.get(sku);
    await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch: { title: name }, author: 'test', cause: { kind: 'person' } });
  }
  const settled = async () => {
    const { rows } = await account.pool.query<{ state: string }>(
      `SELECT f.state FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE l.key = $1 AND f.facet = 'title'`,
      [sku],
    );
    return rows[0]?.state === 'in_sync';
  };

  it('goes on taking content, and content whose answer was lost is read back', async () => {
    broken = true;
    await rename('Первое новое имя');
    await account.until(async () => (await title()) === 'Первое новое имя' && (await settled()), 'the first name');
    lost = 1;
    await rename('Второе новое имя');
    await account.until(async () => (await title()) === 'Второе новое имя' && (await settled()), 'the second name');
    expect(struck).toHaveLength(1);
    const { rows } = await account.pool.query<{ subject: string }>('SELECT subject FROM contract_break');
    expect(rows.length).toBeGreaterThan(0);
    broken = false;
    await account.until(() => account.inSync(), 'everything again');
    expect(await account.drifts()).toEqual([]);
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 120_000);
});
