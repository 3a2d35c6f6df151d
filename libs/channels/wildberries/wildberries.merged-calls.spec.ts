import { describe, expect, it } from '@jest/globals';
import type { CardValues, PushCall, PushItem, Sibling } from '#channels/contract';
import { liveCard } from './fixtures/scripted-wildberries.js';
import { compose } from './wildberries.compose.js';
import { mergeCalls } from './wildberries.merged-calls.js';
import { priceUnits } from './wildberries.price-units.js';

const SIZES = [
  { chrtID: 1, techSize: 'S', wbSize: '44', skus: ['100'] },
  { chrtID: 2, techSize: 'M', wbSize: '46', skus: ['200'], gtin: ['9'] },
  { chrtID: 3, techSize: 'L', wbSize: '48', skus: ['300'] },
];
const live = liveCard({ vendorCode: 'DRESS', sizes: SIZES });

function call(operation: string, size: number, values: CardValues, part: Partial<PushItem> = {}): PushCall {
  const { techSize, chrtID } = SIZES[size] as (typeof SIZES)[number];
  const ids = { chrt: String(chrtID), offer: String(chrtID), sizes: '3', ...part.ids };
  const item: PushItem = { key: `DRESS · ${techSize}`, externalId: '101', values, carry: {}, document: live, ...part, ids };
  return { item, body: compose(operation, item) };
}
const sibling = (size: string, values: CardValues): Sibling => ({ key: `DRESS · ${size}`, values });
const codes = (refused: ReadonlyMap<PushCall, readonly { readonly path: string; readonly code: string }[]>) =>
  [...refused].map(([one, [first]]) => [one.item.key, first?.path, first?.code]);

describe('what sizes of one card want', () => {
  it('goes once where they want the same, each with its own barcodes', () => {
    const calls = [call('card', 0, { title: 'Платье', barcodes: ['100', '101'] }), call('card', 1, { title: 'Платье' }), call('card', 2, { barcodes: ['301'] })];
    const { units, refused } = mergeCalls('card', calls);
    expect(units).toHaveLength(1);
    expect(units[0]).toMatchObject({ article: 'DRESS', calls, body: { nmID: 101, title: 'Платье', documents: live['documents'] } });
    expect((units[0]?.body as { sizes: object[] }).sizes).toEqual([{ ...SIZES[0], skus: ['100', '101'] }, SIZES[1], { ...SIZES[2], skus: ['300', '301'] }]);
    expect(refused.size).toBe(0);
  });

  it('adds up where they speak of different things', () => {
    const colour = { '14177449': [{ text: 'синий' }] };
    const power = { '90702': [{ text: '1800', number: true as const }], '5': [{ text: 'лён' }] };
    const { units } = mergeCalls('card', [
      call('card', 0, { description: 'Новое', attributes: colour }, { dropAttributes: ['brand'] }),
      call('card', 1, { dimensions: { length: 100, width: 100, height: 100, weight: 500 }, attributes: power }, { dropAttributes: ['77'] }),
    ]);
    expect(units.map((unit) => unit.body)).toMatchObject([
      {
        title: 'Чайник электрический',
        description: 'Новое',
        brand: '',
        dimensions: { length: 10, width: 10, height: 10, weightBrutto: 0.5 },
        characteristics: [
          { id: 14177449, value: ['синий'] },
          { id: 90702, value: 1800 },
          { id: 5, value: ['лён'] },
        ],
      },
    ]);
  });

  it('is refused to the second where they want the same thing otherwise, with the field', () => {
    const { units, refused } = mergeCalls('card', [call('card', 0, { title: 'Платье S' }), call('card', 1, { title: 'Платье M' }), call('card', 2, { title: 'Платье S' })]);
    expect(units.map((unit) => unit.calls.map((one) => one.item.key))).toEqual([['DRESS · S', 'DRESS · L']]);
    expect(codes(refused)).toEqual([['DRESS · M', 'title', 'wildberries.sizes-disagree']]);
    const attribute = (text: string) => ({ attributes: { '5': [{ text }] } });
    const other = mergeCalls('card', [call('card', 0, attribute('лён')), call('card', 1, attribute('хлопок'))]);
    expect(codes(other.refused)).toEqual([['DRESS · M', 'attributes.5', 'wildberries.sizes-disagree']]);
  });

  it('goes without what another size wants otherwise, and says so', () => {
    const left = { title: 'Платье M', description: 'Новое', attributes: { '5': [{ text: 'хлопок' }], '6': [{ text: 'короткий' }] } };
    const siblings = [sibling('S', { title: 'Платье S', attributes: { '5': [{ text: 'лён' }] } })];
    const one = call('card', 1, left, { siblings });
    const { units, refused } = mergeCalls('card', [one]);
    expect(refused.size).toBe(0);
    expect(units).toMatchObject([{ calls: [one], body: { title: 'Чайник электрический', description: 'Новое' } }]);
    const sent = (units[0]?.body as { characteristics: { id: number }[] }).characteristics.map(({ id }) => id);
    expect([sent.includes(5), sent.includes(6)]).toEqual([false, true]);
    expect(units[0]?.left?.get(one)?.map(({ path, code }) => [path, code])).toEqual([
      ['title', 'wildberries.sizes-disagree'],
      ['attributes.5', 'wildberries.sizes-disagree'],
    ]);
  });

  it('counts a wish no more that was refused, but that of a price', () => {
    const refusedOf = (path: string, wants: CardValues): readonly Sibling[] => [{ ...sibling('M', wants), refused: [path] }];
    const title = call('card', 0, { title: 'Платье' }, { siblings: refusedOf('title', { title: 'Другое' }) });
    expect(mergeCalls('card', [title]).units).toMatchObject([{ calls: [title], body: { title: 'Платье' } }]);
    const other = call('card', 0, { title: 'Платье' }, { siblings: refusedOf('description', { title: 'Другое' }) });
    expect(codes(mergeCalls('card', [other]).refused)).toEqual([['DRESS · S', 'title', 'wildberries.sizes-disagree']]);
    const price = { price: { price: 100_00, currency: 'RUB' } };
    const dear = { price: { price: 120_00, currency: 'RUB' } };
    expect(priceUnits([call('prices', 0, price, { siblings: refusedOf('price', dear) })]).refused.size).toBe(1);
  });

  it('is refused where a size that is not being sent wants the card otherwise, unless that one is archived or another card', () => {
    const wants = (title: string, part: Partial<CardValues> = {}) => ({ title, presence: 'listed' as const, ...part });
    const asked = (siblings: readonly Sibling[]) => mergeCalls('card', [call('card', 0, { title: 'Платье' }, { siblings })]);
    expect(codes(asked([sibling('M', wants('Другое'))]).refused)).toEqual([['DRESS · S', 'title', 'wildberries.sizes-disagree']]);
    expect(asked([sibling('M', wants('Платье'))]).units).toHaveLength(1);
    expect(asked([sibling('M', wants('Другое', { presence: 'archived' }))]).units).toHaveLength(1);
    expect(asked([{ key: 'DRESS/синий · M', values: wants('Другое') }]).units).toHaveLength(1);
  });

  it('is refused where a size that is sent for something else wants the card otherwise', () => {
    const siblings = (size: string, title: string): readonly Sibling[] => [sibling(size, { title })];
    const calls = [
      call('card', 0, { title: 'Платье' }, { siblings: siblings('M', 'Другое') }),
      call('card', 1, { barcodes: ['200', '201'] }, { siblings: siblings('S', 'Платье') }),
    ];
    const { units, refused } = mergeCalls('card', calls);
    expect(codes(refused)).toEqual([['DRESS · S', 'title', 'wildberries.sizes-disagree']]);
    expect(units.map((unit) => unit.calls)).toEqual([[calls[1]]]);
  });

  it('takes a card to the trash only when all its sizes are archived, and out of it when any of them comes', () => {
    const two = [0, 1].map((at) => call('trash', at, {}));
    expect(codes(mergeCalls('trash', two).refused)).toEqual([
      ['DRESS · S', 'presence', 'wildberries.size-stays'],
      ['DRESS · M', 'presence', 'wildberries.size-stays'],
    ]);
    expect(mergeCalls('trash', [...two, call('trash', 2, {})]).units.map((unit) => unit.body)).toEqual([{ nmID: 101 }]);
    const lastOne = call('trash', 2, {}, { siblings: [sibling('S', { presence: 'archived' }), sibling('M', { presence: 'archived' })] });
    expect(mergeCalls('trash', [lastOne]).units).toHaveLength(1);
    expect(mergeCalls('recover', two).units.map((unit) => unit.body)).toEqual([{ nmID: 101 }]);
  });
});

describe('the price of a card', () => {
  const price = (minor: number, old?: number): CardValues => ({ price: { price: minor, ...(old === undefined ? {} : { old }), currency: 'RUB' } });
  const bodies = (units: readonly { readonly body: unknown }[]) => units.map((unit) => unit.body);

  it('goes once for all sizes that want it', () => {
    const { cards, discounts, sizes, refused } = priceUnits([call('prices', 0, price(100_00)), call('prices', 1, price(100_00), { siblings: [sibling('L', price(100_00))] })]);
    expect(bodies(cards)).toEqual([{ nmID: 101, price: 100, discount: 0 }]);
    expect([discounts, sizes, refused.size]).toEqual([[], [], 0]);
  });

  it('is not changed where sizes want different ones, also one that is not being sent', () => {
    const both = priceUnits([call('prices', 0, price(100_00)), call('prices', 1, price(120_00))]);
    expect(codes(both.refused)).toEqual([
      ['DRESS · S', 'price', 'wildberries.prices-differ-by-size'],
      ['DRESS · M', 'price', 'wildberries.prices-differ-by-size'],
    ]);
    const alone = priceUnits([call('prices', 0, price(100_00), { siblings: [sibling('M', price(120_00))] })]);
    expect(codes(alone.refused)).toEqual([['DRESS · S', 'price', 'wildberries.prices-differ-by-size']]);
  });

  it('goes by size where the goods are let in for it, with one discount for all', () => {
    const ids = { prices: 'by-size' };
    const { cards, discounts, sizes, refused } = priceUnits([call('prices', 0, price(70_00, 100_00), { ids }), call('prices', 2, price(140_00, 200_00), { ids })]);
    expect([cards, refused.size]).toEqual([[], 0]);
    expect(bodies(discounts)).toEqual([{ nmID: 101, discount: 30 }]);
    expect(bodies(sizes)).toEqual([
      { nmID: 101, sizeID: 1, price: 100 },
      { nmID: 101, sizeID: 3, price: 200 },
    ]);
    const discountsDiffer = priceUnits([call('prices', 0, price(70_00, 100_00), { ids }), call('prices', 2, price(140_00), { ids })]);
    expect(discountsDiffer.refused.size).toBe(2);
  });
});
