import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProductInput, ProductPatch } from '#catalog';
import { RetryLater } from '#kernel';
import { wildberries } from '#channels/wildberries';
import { approveListing, checkFacetRules } from '#reconcile';
import { MarketAccount } from './market-account.js';
import { CONTENT, COLOUR, LONG, PRICES, wildberriesWorld, type ListedCard, type WildberriesWorld } from './sandbox-wildberries-world.js';

const DRESSES = 1057;
const SIZES = { S: '44', M: '46', L: '48', XL: '50' } as const;
type SizeName = keyof typeof SIZES;
const RED = 'DRESS/красный';
const BLUE = 'DRESS/синий';

let world: WildberriesWorld;
let account: MarketAccount;
let media: ProductInput['media'];
/** Articles of creations whose answer is to be lost. */
const lost = new Set<string>();
beforeAll(async () => {
  world = await wildberriesWorld();
  account = await MarketAccount.open(wildberries, world, {
    products: 1,
    through: (request) => async (call) => {
      const answer = await request(call);
      const body = JSON.stringify(call.body ?? null);
      const struck = call.url.endsWith('/cards/upload') ? [...lost].find((article) => body.includes(`"${article}"`)) : undefined;
      if (struck === undefined) return answer;
      lost.delete(struck);
      throw new RetryLater('the connection ended before the answer', true);
    },
  });
  const { rows } = await account.pool.query<{ sku: string }>('SELECT sku FROM product');
  media = (await account.products.read.get(rows[0]?.sku ?? ''))?.document.media ?? [];
}, 60_000);
afterAll(() => account.close());
afterEach(async () => {
  expect(await checkFacetRules(account.pool)).toEqual([]);
});

let serial = 0;
function barcode(): string {
  serial += 1;
  const digits = `46000000${String(serial).padStart(4, '0')}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function garment(code: string, colour: string, size: SizeName, part: Partial<ProductInput> = {}): ProductInput {
  return {
    sku: `${code}-${colour === 'красный' ? 'RED' : 'BLUE'}-${size}`,
    title: `Платье ${colour} ${size}`,
    description: 'Лёгкое летнее платье из хлопка. Стирать при 30 градусах.',
    brand: 'Ладога',
    category: 'Одежда / Платье',
    attributes: { Цвет: colour, Размер: size, 'Российский размер': SIZES[size], Пол: 'Женский', 'Материал изделия': 'хлопок' },
    media,
    dimensions: { length: 300, width: 250, height: 40 },
    weight: 400,
    barcodes: [barcode()],
    price: { minor: 250_000, currency: 'RUB' },
    stock: { main: 5 },
    model: { code, axes: ['Цвет', 'Размер'], title: `Платье летнее ${code}` },
    archived: false,
    ...part,
  };
}

const person = { author: 'test', cause: { kind: 'person' } } as const;
async function make(...products: ProductInput[]): Promise<void> {
  for (const product of products) await account.products.create(product, person);
}
async function edit(sku: string, patch: ProductPatch): Promise<void> {
  const current = await account.products.read.get(sku);
  await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch, ...person });
}
const card = async (article: string): Promise<ListedCard> => {
  const found = await world.find(article);
  if (!found) throw new Error(`${article} is not there`);
  return found;
};
const sizesOf = ({ sizes }: ListedCard) => sizes.map((size) => size.techSize).sort();
const health = async () => (await world.control<{ cards: number }>('/health')).body;

interface Write {
  readonly key: string;
  readonly method: string;
  readonly offer_id: string;
  readonly facets: readonly { readonly facet: string; readonly changed: boolean; readonly needless: boolean }[];
}
/** Our writes of these methods since an entry of the ledger, as "method article". */
async function writes(since: number, ...methods: string[]): Promise<Write[]> {
  const { entries } = (await world.control<{ entries: Write[] }>(`/ledger?after=${since}&limit=1000`)).body;
  return entries.filter((entry) => entry.key === 'A' && methods.some((method) => entry.method.includes(method)));
}
const needless = (entries: readonly Write[]) => entries.flatMap((entry) => entry.facets.filter((facet) => facet.needless));
async function price(article: string): Promise<number[]> {
  const { nmID } = await card(article);
  const { body } = await world.api<{ data: { listGoods: { sizes: { discountedPrice: number }[] }[] } }>(`${PRICES}/list/goods/filter`, { body: { nmList: [nmID] } });
  return body.data.listGoods.flatMap((goods) => goods.sizes.map((size) => size.discountedPrice));
}
async function stock(article: string): Promise<Record<string, number>> {
  const { sizes } = await card(article);
  const { body } = await world.control<{ facets: { stock: { value: Record<string, Record<string, number>> } } }>(`/cards/${encodeURIComponent(article)}`);
  const amounts = Object.assign({}, ...Object.values(body.facets.stock.value)) as Record<string, number>;
  return Object.fromEntries(sizes.map((size) => [size.techSize, amounts[String(size.chrtID)] ?? 0]));
}
const skus = (colour: 'RED' | 'BLUE', ...sizes: SizeName[]) => sizes.map((size) => `DRESS-${colour}-${size}`);

/** Goods that differ by size are sizes of one card: what the card holds once is written once, whoever of them asks. */
describe('a model that comes in sizes', () => {
  it('of three sizes and two colours is two cards of three sizes, made at once', async () => {
    await make(...(['красный', 'синий'] as const).flatMap((colour) => (['S', 'M', 'L'] as const).map((size) => garment('DRESS', colour, size))));
    await account.until(() => account.inSync(3), 'first sync');
    expect(await account.drifts()).toEqual([]);
    for (const article of [RED, BLUE]) {
      const made = await card(article);
      expect([sizesOf(made), made.title, made.photos?.length]).toEqual([['L', 'M', 'S'], 'Платье летнее DRESS', media?.length]);
      expect(await price(article)).toEqual([2500, 2500, 2500]);
      expect(await stock(article)).toEqual({ S: 5, M: 5, L: 5 });
    }
    expect(needless(await writes(0, ''))).toEqual([]);
    expect(
      (await writes(0, 'media/save'))
        .map((entry) => entry.offer_id)
        .filter((article) => article.startsWith('DRESS'))
        .sort(),
    ).toEqual([RED, BLUE].sort());
    const before = await account.lastWrite();
    for (let left = 3; left > 0; left -= 1) await account.round();
    expect(await account.lastWrite()).toBe(before);
  }, 120_000);

  it('gets an edited title by one entry of one request', async () => {
    const before = await account.lastWrite();
    for (const sku of skus('RED', 'S', 'M', 'L')) await edit(sku, { model: { code: 'DRESS', axes: ['Цвет', 'Размер'], title: 'Платье вечернее' } });
    await account.until(async () => (await card(RED)).title === 'Платье вечернее' && (await account.inSync(3)), 'the title');
    expect((await writes(before, '')).map((entry) => entry.offer_id)).toEqual([RED]);
    expect((await card(BLUE)).title).toBe('Платье летнее DRESS');
  }, 60_000);

  it('has its stock by size, and its price together', async () => {
    const before = await account.lastWrite();
    await edit('DRESS-RED-M', { stock: { main: 2 } });
    for (const sku of skus('RED', 'S', 'M', 'L')) await edit(sku, { price: { minor: 199_000, currency: 'RUB' } });
    await account.until(async () => (await stock(RED))['M'] === 2 && (await account.inSync(3)), 'stock and price');
    expect(await stock(RED)).toEqual({ S: 5, M: 2, L: 5 });
    expect(await price(RED)).toEqual([1990, 1990, 1990]);
    expect((await writes(before, 'upload/task')).map((entry) => entry.offer_id)).toEqual([RED]);
  }, 60_000);

  it('is put right by one update when somebody changes the card', async () => {
    const before = await account.lastWrite();
    const order = { seed: 5, offer_ids: [RED], kinds: ['text-changed'], at_least_each: 1, cards: 1 };
    const scrambled = await world.control<{ injected: { offer_id: string }[] }>('/gremlins', order);
    expect(scrambled.body.injected).toHaveLength(1);
    const struck = scrambled.body.injected[0]?.offer_id ?? '';
    await account.until(async () => (await account.restored()) && (await account.inSync(3)), 'repair');
    const ours = await writes(before, '');
    expect(ours.map((entry) => entry.offer_id)).toEqual([struck]);
    expect(needless(ours)).toEqual([]);
  }, 60_000);

  it('tells who wants the card otherwise than its other sizes, and changes when the last of them wants it too', async () => {
    const before = await account.lastWrite();
    const description = 'Совсем другое описание: платье из льна, с карманами.';
    await edit('DRESS-BLUE-M', { price: { minor: 300_000, currency: 'RUB' }, description });
    for (let left = 3; left > 0; left -= 1) await account.round();
    expect(await account.open()).toEqual(['DRESS/синий · M description failing refused', 'DRESS/синий · M price failing refused']);
    await edit('DRESS-BLUE-M', { price: { minor: 250_000, currency: 'RUB' } });
    await edit('DRESS-BLUE-S', { description });
    for (let left = 3; left > 0; left -= 1) await account.round();
    expect(await account.open()).toEqual(['DRESS/синий · M description failing refused', 'DRESS/синий · S description failing refused']);
    expect(await writes(before, '')).toEqual([]);
    await edit('DRESS-BLUE-L', { description });
    await account.until(() => account.inSync(3), 'agreement');
    expect((await card(BLUE)).description).toBe(description);
    expect((await writes(before, '')).map((entry) => entry.offer_id)).toEqual([BLUE]);
  }, 60_000);

  it('gets a size added to the card that is there', async () => {
    await make(garment('DRESS', 'синий', 'XL', { stock: { main: 9 }, description: (await card(BLUE)).description }));
    await account.until(() => account.inSync(3), 'the new size');
    expect(sizesOf(await card(BLUE))).toEqual(['L', 'M', 'S', 'XL']);
    expect([await price(BLUE), (await stock(BLUE))['XL']]).toEqual([[2500, 2500, 2500, 2500], 9]);
  }, 60_000);

  it('has a price for each size where the goods are let in for it', async () => {
    await account.act(encodeURIComponent(BLUE), 'price-by-size');
    for (let left = 2; left > 0; left -= 1) await account.round();
    await edit('DRESS-BLUE-XL', { price: { minor: 290_000, currency: 'RUB' } });
    await account.until(async () => (await price(BLUE)).includes(2900) && (await account.inSync(3)), 'the price of one size');
    expect((await price(BLUE)).sort()).toEqual([2500, 2500, 2500, 2900]);
  }, 60_000);

  it('keeps a size that is archived, without pieces, and says so', async () => {
    await edit('DRESS-BLUE-XL', { archived: true });
    await account.until(async () => (await stock(BLUE))['XL'] === 0, 'no pieces');
    await approveArchiving();
    for (let left = 3; left > 0; left -= 1) await account.round();
    expect((await account.open()).filter((row) => row.includes('presence'))).toEqual(['DRESS/синий · XL presence failing refused']);
    expect(sizesOf(await card(BLUE))).toEqual(['L', 'M', 'S', 'XL']);
    await edit('DRESS-BLUE-XL', { archived: false });
    await account.until(() => account.inSync(3), 'sold again');
  }, 60_000);
});

describe('a card of sizes', () => {
  it('is made once though the answer of its creation was lost', async () => {
    const { cards } = await health();
    lost.add('COAT/красный');
    await make(garment('COAT', 'красный', 'S'), garment('COAT', 'красный', 'M'));
    await account.until(() => account.inSync(cards + 1), 'the coat');
    expect(lost.size).toBe(0);
    expect(sizesOf(await card('COAT/красный'))).toEqual(['M', 'S']);
    expect((await writes(0, 'cards/upload')).filter((entry) => entry.offer_id.startsWith('COAT'))).toHaveLength(1);
  }, 60_000);

  it('is made though its sizes weigh differently: the first leads, the others say what of them is not shown', async () => {
    const { cards } = await health();
    const drifts = (await account.drifts()).length;
    await make(garment('PARKA', 'красный', 'S'), garment('PARKA', 'красный', 'M', { weight: 460 }), garment('PARKA', 'красный', 'L', { weight: 520 }));
    const differ = ['L', 'M'].map((size) => `PARKA/красный · ${size} dimensions failing refused`);
    await account.until(async () => (await health()).cards === cards + 1 && isDeepStrictEqual(await account.open(), differ), 'the parka');
    expect([sizesOf(await card('PARKA/красный')), await stock('PARKA/красный')]).toEqual([['L', 'M', 'S'], { S: 5, M: 5, L: 5 }]);
    const grams = async () => Math.round((await card('PARKA/красный')).dimensions.weightBrutto * 1000);
    expect(await grams()).toBe(400);
    const before = await account.lastWrite();
    for (let left = 3; left > 0; left -= 1) await account.round();
    expect(await account.lastWrite()).toBe(before);
    await edit('PARKA-RED-S', { weight: 420 });
    await account.until(async () => (await grams()) === 420 && isDeepStrictEqual(await account.open(), differ), 'the word of the one that leads');
    for (const sku of ['PARKA-RED-M', 'PARKA-RED-L']) await edit(sku, { weight: 420 });
    await account.until(() => account.inSync(cards + 1), 'agreement');
    expect((await account.drifts()).slice(drifts)).toEqual([]);
    expect(needless(await writes(before, ''))).toEqual([]);
  }, 120_000);

  it('that vanished is made anew whole, once a person says so for its sizes', async () => {
    const { cards } = await health();
    const { nmID } = await card('PARKA/красный');
    const order = { seed: 6, offer_ids: ['PARKA/красный'], kinds: ['missing'], at_least_each: 1, cards: 1 };
    expect((await world.control<{ injected: object[] }>('/gremlins', order)).body.injected).toHaveLength(1);
    await account.until(async () => (await vanished('PARKA')).length === 3, 'the loss');
    const before = await account.lastWrite();
    for (let left = 2; left > 0; left -= 1) await account.round();
    expect([await account.lastWrite(), await world.find('PARKA/красный')]).toEqual([before, undefined]);
    for (const listing of await vanished('PARKA')) await approveListing(account.pool, listing, 'presence', { author: 'test', now: account.clock.now() });
    await account.until(() => account.inSync(cards), 'the parka again', 5 * 60_000);
    const again = await card('PARKA/красный');
    expect([again.nmID === nmID, sizesOf(again), again.photos?.length]).toEqual([false, ['L', 'M', 'S'], media?.length]);
    expect([await price('PARKA/красный'), await stock('PARKA/красный')]).toEqual([[2500, 2500, 2500], { S: 5, M: 5, L: 5 }]);
    expect((await writes(before, 'cards/upload')).map((entry) => entry.offer_id)).toEqual(['PARKA/красный']);
  }, 120_000);

  it('goes to the trash by one call when all its sizes are archived, and comes back with them', async () => {
    const { cards } = await health();
    const coats = ['COAT-RED-S', 'COAT-RED-M'];
    for (const sku of coats) await edit(sku, { archived: true });
    for (let left = 2; left > 0; left -= 1) await account.round();
    const before = await account.lastWrite();
    await approveArchiving();
    await account.until(async () => (await world.find('COAT/красный')) === undefined && (await account.inSync(cards)), 'the trash');
    expect((await writes(before, 'trash')).map((entry) => entry.offer_id)).toEqual(['COAT/красный']);
    for (const sku of coats) await edit(sku, { archived: false });
    await account.until(async () => (await world.find('COAT/красный')) !== undefined && (await account.inSync(cards)), 'the coat again');
    expect(await stock('COAT/красный')).toEqual({ S: 5, M: 5 });
  }, 60_000);

  it('grows from the only size that it had, whose listing goes on', async () => {
    const { cards } = await health();
    await make(garment('HAT', 'красный', 'S'));
    await account.until(() => account.inSync(cards + 1), 'the first size');
    const before = (await account.drifts()).length;
    await make(garment('HAT', 'красный', 'M'));
    await account.until(async () => (await account.inSync(cards + 1)) && sizesOf(await card('HAT/красный')).length === 2, 'the second size');
    expect(await account.drifts()).toHaveLength(before);
    expect(await keysOf('HAT')).toEqual(['HAT/красный · S', 'HAT/красный · M']);
  }, 60_000);

  it('is not made of a size that is a card under its own SKU already', async () => {
    const { cards } = await health();
    const scarf = garment('SCARF', 'синий', 'S', { model: { code: 'SCARF', axes: ['Цвет', 'Размер'] } });
    await upload({ vendorCode: scarf.sku, sizes: [{ techSize: 'S', wbSize: '44', price: 2500, skus: scarf.barcodes }] });
    await make(scarf);
    await account.until(() => account.inSync(cards + 1), 'the scarf');
    expect(await keysOf('SCARF')).toEqual([scarf.sku]);
  }, 60_000);

  it('that was there before belongs to its products by their barcodes, and gets the sizes that it lacks', async () => {
    const { cards } = await health();
    const skirts = (['S', 'M', 'L'] as const).map((size) => garment('SKIRT', 'красный', size));
    const sizes = skirts
      .slice(0, 2)
      .map(({ attributes, barcodes }) => ({ techSize: String(attributes?.['Размер']), wbSize: String(attributes?.['Российский размер']), price: 2500, skus: barcodes }));
    await upload({ vendorCode: 'OLD-7', sizes });
    await account.pool.query('UPDATE channel_account SET match_by_barcode = true');
    await account.round();
    await make(...skirts);
    await account.until(() => account.inSync(cards + 1), 'the skirt');
    expect(sizesOf(await card('OLD-7'))).toEqual(['L', 'M', 'S']);
    expect(await world.find('SKIRT')).toBeUndefined();
    expect(await keysOf('SKIRT')).toEqual(['OLD-7 · S', 'OLD-7 · M', 'OLD-7 · L']);
    expect((await card('OLD-7')).title).toBe('Платье летнее SKIRT');
  }, 90_000);
});

/** A person's word that what is archived may leave the channel. */
async function approveArchiving(): Promise<void> {
  await account.pool.query(`UPDATE listing_facet SET state = 'pending', reason = 'approved' WHERE facet = 'presence' AND state = 'held' AND reason = 'archive-needs-approval'`);
}

/** Listings of a model whose card is held as vanished. */
async function vanished(model: string): Promise<string[]> {
  const { rows } = await account.pool.query<{ id: string }>(
    `SELECT l.id FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE f.facet = 'presence' AND f.state = 'held' AND l.key LIKE $1 ORDER BY l.id`,
    [`${model}/%`],
  );
  return rows.map((row) => row.id);
}

/** Keys of the listings of a model, in the order of its products. */
async function keysOf(model: string): Promise<string[]> {
  const { rows } = await account.pool.query<{ key: string }>('SELECT l.key FROM listing l JOIN product p ON p.id = l.product_id WHERE p.sku LIKE $1 ORDER BY p.id', [`${model}-%`]);
  return rows.map((row) => row.key);
}

/** A card that somebody else made. */
async function upload(variant: object): Promise<void> {
  const characteristics = [{ id: COLOUR, value: ['красный'] }, ...(await requiredOf(DRESSES))];
  const dimensions = { length: 10, width: 10, height: 10, weightBrutto: 0.3 };
  const variants = [{ title: 'Юбка', description: 'Старое описание', dimensions, characteristics, ...variant }];
  await world.api(`${CONTENT}/cards/upload`, { body: [{ subjectID: DRESSES, variants }], key: 'B' });
  await world.jump(LONG);
}

async function requiredOf(subject: number): Promise<{ id: number; value: string[] }[]> {
  const { body } = await world.api<{ data: { charcID: number; required: boolean }[] }>(`${CONTENT}/object/charcs/${subject}?locale=ru`);
  return body.data.filter((one) => one.required).map((one) => ({ id: one.charcID, value: ['женский'] }));
}
