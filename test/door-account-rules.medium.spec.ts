import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DoorHub, openDoors } from './door-hub.js';
import { seedOzonReferences } from './ozon-references.js';

const [FIRST, SECOND] = ['71001', '71002'];
const MUG = '100:200';
const POT = '100:300';

describe('a preview of what an account’s rules would change', () => {
  let doors: DoorHub;
  let account = '';
  beforeAll(async () => {
    doors = await openDoors();
    account = String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: { clientId: '1', apiKey: 'k' } } })).body['id']);
    await seedOzonReferences(doors.pool, { [MUG]: 'Кружка', [POT]: 'Кастрюля' }, [FIRST, SECOND]);
    for (const [sku, category, stock] of [
      ['MUG-1', 'Дом / Посуда / Кружка', { msk: 5, spb: 3 }],
      ['MUG-2', 'Дом / Посуда / Кружка', { msk: 1 }],
      ['CUP-1', 'Дом / Посуда / Чашечки', { msk: 2 }],
    ] as const) {
      const made = await doors.call('/api/products', { method: 'POST', body: { sku, title: `Товар ${sku}`, category, stock, price: { minor: 10_000, currency: 'RUB' } } });
      expect(made.status).toBe(201);
      await doors.pool.query('INSERT INTO listing (account_id, key, product_id) VALUES ($1, $2, (SELECT id FROM product WHERE sku = $2))', [account, sku]);
    }
  }, 120_000);
  afterAll(() => doors.close());

  const place = () => `/api/accounts/${account}/rules`;
  const preview = async (body: object, headers: Record<string, string> = {}) => (await doors.call(`${place()}/preview`, { method: 'POST', body, headers })).body;
  const version = async () => (await doors.call(place())).body['version'];

  it('offers what the catalog has and what the hub has read of the channel', async () => {
    const items = (await doors.call(`${place()}/choices`)).body['items'] as { table: string; names: string[]; choices: object[] | null }[];
    expect(items.map((item) => item.table)).toEqual(['categories', 'attributes', 'warehouses']);
    expect(items[0]?.names).toEqual(['Дом / Посуда / Кружка', 'Дом / Посуда / Чашечки']);
    expect(items[0]?.choices).toContainEqual({ id: MUG, name: 'Дом / Посуда / Кружка' });
    expect(items[1]?.choices).toBeNull();
    expect(items[2]).toMatchObject({ names: ['msk', 'spb'], choices: [{ id: FIRST }, { id: SECOND }] });
  });

  it('tells which cards a category would cure, and which it would move', async () => {
    const before = await version();
    const cured = await preview({ categories: { 'Дом / Посуда / Чашечки': MUG } });
    expect(cured).toMatchObject({
      changes: [{ table: 'categories', name: 'Дом / Посуда / Чашечки', from: null, to: MUG }],
      of: 3,
      looked: 3,
      cards: 1,
      examples: ['CUP-1'],
      withdrawn: [],
    });
    expect(cured['facets']).toContainEqual({ facet: 'category', mode: 'observe', cards: 1 });
    const moved = await preview({ categories: { 'Дом / Посуда / Кружка': POT } });
    expect(moved['facets']).toContainEqual({ facet: 'category', mode: 'observe', cards: 2 });
    expect(await version()).toBe(before);
  });

  it('tells of faults that would begin, in the language of the reader', async () => {
    const { faults, cards } = (await preview({ categories: { 'Дом / Посуда / Кружка': '9:9' } }, { 'accept-language': 'en' })) as unknown as {
      faults: { code: string; cards: number; text: string; example: string }[];
      cards: number;
    };
    expect(cards).toBe(2);
    expect(faults).toContainEqual(expect.objectContaining({ code: 'ozon.category-unknown', cards: 2, example: 'MUG-1', text: expect.stringContaining('category') }));
  });

  it('tells what stock a left warehouse would lose, only where it is ours', async () => {
    await doors.call(place(), { method: 'PUT', body: { warehouses: { msk: FIRST, spb: SECOND } } });
    const { rows } = await doors.pool.query<{ id: string; key: string }>('SELECT id, key FROM listing WHERE account_id = $1 ORDER BY key', [account]);
    for (const { id, key } of rows) {
      await doors.pool.query(
        `INSERT INTO listing_facet (listing_id, facet, part, account_id, state, desired, expected_for, since) VALUES ($1, 'stock', $2, $3, 'in_sync', 1, $4, now())`,
        [id, SECOND, account, key === 'CUP-1' ? null : 1],
      );
      await doors.pool.query(`INSERT INTO observed_document (listing_id, facet, part, print, projection, body, seen_at) VALUES ($1, 'stock', $2, 1, 1, '3', now())`, [id, SECOND]);
    }
    const left = await preview({ warehouses: { msk: FIRST } });
    expect(left['withdrawn']).toEqual([{ warehouse: SECOND, name: `Склад ${SECOND}`, cards: 2, pieces: 6 }]);
    expect(left['facets']).toContainEqual({ facet: 'stock', mode: 'observe', cards: 3 });
    expect((await preview({ warehouses: { msk: FIRST, spb: SECOND } }))['withdrawn']).toEqual([]);
  });

  it('refuses rows that are no pairs, and a reader who may not steer', async () => {
    expect((await doors.call(`${place()}/preview`, { method: 'POST', body: { attributes: { x: 7 } } })).body).toMatchObject({
      errors: [{ field: 'attributes.x', code: 'rule-row' }],
    });
    const reads = await doors.call('/api/auth/tokens', { method: 'POST', body: { name: 'reads', scopes: ['read'] } });
    expect((await doors.call(`${place()}/preview`, { method: 'POST', body: {}, token: String(reads.body['token']) })).body['code']).toBe('not-allowed');
  });
});
