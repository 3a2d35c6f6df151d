import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refused } from '#kernel';
import type { ObservedCard, ProductSnapshot, PushItem } from '#channels/contract';
import { liveCard } from './fixtures/scripted-wildberries.js';
import { compose, withNewSize } from './wildberries.compose.js';
import { contentCards } from './wildberries.observe.js';

const contentCard = (document: unknown, at = 0): ObservedCard => contentCards(document)[at] as ObservedCard;
const item = (part: Partial<PushItem> = {}): PushItem => {
  const document = part.document ?? liveCard();
  const { key, externalId, ids } = contentCard(document);
  return { key, externalId, ids, values: {}, carry: {}, document, ...part };
};
type Body = Record<string, unknown> & { sizes: Record<string, unknown>[]; characteristics: Record<string, unknown>[] };

describe('a whole card sent back', () => {
  it('changes what is wanted and carries everything else, known or not', () => {
    const body = compose(
      'card',
      item({ values: { title: 'Чайник', attributes: { '14177449': [{ text: 'синий' }], '90702': [{ text: '1800', number: true }], brand: [{ text: 'Ясень+' }] } } }),
    );
    expect(body).toEqual({
      nmID: 101,
      vendorCode: 'KETTLE-1',
      brand: 'Ясень+',
      title: 'Чайник',
      description: 'Кипятит быстро.',
      kizMarked: false,
      wholesale: { enabled: true, quantum: 10 },
      documents: { items: [{ id: 'd1', type: 3, number: 'РОСС RU.1' }], excludeDocuments: false },
      dimensions: { length: 20, width: 15, height: 25, weightBrutto: 1.2 },
      characteristics: [
        { id: 14177449, value: ['синий'] },
        { id: 90702, value: 1800 },
        { id: 77, value: ['не наша'], hint: { new: true } },
      ],
      sizes: [{ chrtID: 5001, techSize: '0', wbSize: '', skus: ['2000000000015'], gtin: ['04600000000017'] }],
    });
  });

  it('loses no member that nobody knew of, wherever it stands', () => {
    const name = fc.string({ minLength: 3, maxLength: 12 }).map((text) => `new-${text}`);
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), fc.dictionary(name, fc.jsonValue()), (onCard, onSize) => {
        const [size] = liveCard()['sizes'] as [Record<string, unknown>];
        const body = compose('card', item({ document: liveCard({ ...onCard, sizes: [{ ...size, ...onSize }] }), values: { title: 'Т' } })) as Body;
        expect(body).toMatchObject(onCard);
        expect(body.sizes[0]).toMatchObject(onSize);
        expect(body.sizes[0]?.['chrtID']).toBe(5001);
      }),
    );
  });

  it('sends the card as it is when nothing but one thing is wanted: reading it again shows the same', () => {
    const before = contentCard(liveCard()).values;
    const sent = compose('card', item({ values: { title: before.title } })) as Body;
    const after = contentCard({ ...liveCard(), ...sent }).values;
    expect(after).toEqual(before);
  });

  it('only adds barcodes, to the listing’s own size, or where that is not known to the one that has one of ours', () => {
    const document = liveCard({
      sizes: [
        { chrtID: 1, techSize: 'S', skus: ['100'] },
        { chrtID: 2, techSize: 'M', skus: ['200'] },
      ],
    });
    const codesOf = (part: Partial<PushItem>) => (compose('card', item({ document, ...part })) as Body).sizes.map((size) => size['skus']);
    expect(codesOf({ ids: { chrt: '1' }, values: { barcodes: ['101'] } })).toEqual([['100', '101'], ['200']]);
    expect(codesOf({ ids: { chrt: '2' }, values: { barcodes: ['201'] } })).toEqual([['100'], ['200', '201']]);
    expect(codesOf({ ids: {}, values: { barcodes: ['200', '201'] } })).toEqual([['100'], ['200', '201']]);
  });

  it('takes away the characteristics that are to go, and a brand', () => {
    const body = compose('card', item({ values: { attributes: { '14177449': [{ text: 'красный' }] } }, dropAttributes: ['90702', 'brand'] })) as Body;
    expect(body.characteristics.map((one) => one['id'])).toEqual([14177449, 77]);
    expect(body['brand']).toBe('');
  });

  it('is never made up without the live card', () => {
    expect(() => compose('card', { key: 'A', externalId: '1', ids: {}, values: { title: 'Т' }, carry: {} })).toThrow(Refused);
  });
});

describe('other calls', () => {
  it('make a card with what is wanted, a price in whole roubles and no discount', () => {
    const values = {
      category: '815',
      title: 'Чайник',
      description: 'Текст',
      attributes: { '90702': [{ text: '2000', number: true as const }], '14177449': [{ text: 'красный' }], brand: [{ text: 'Ясень' }] },
      dimensions: { length: 200, width: 150, height: 250, weight: 1234 },
      barcodes: ['2000000000015'],
      price: { price: 699_30, old: 999_00, currency: 'RUB' },
    };
    expect(compose('create', { key: 'A', ids: {}, values, carry: {} })).toEqual({
      subjectID: 815,
      variants: [
        {
          vendorCode: 'A',
          title: 'Чайник',
          description: 'Текст',
          brand: 'Ясень',
          dimensions: { length: 20, width: 15, height: 25, weightBrutto: 1.234 },
          characteristics: [
            { id: 90702, value: 2000 },
            { id: 14177449, value: ['красный'] },
          ],
          sizes: [{ price: 999, skus: ['2000000000015'] }],
        },
      ],
    });
  });

  it.each([
    [{ 'Российский размер': '46' }, { techSize: '46', wbSize: '46' }],
    [{ 'Российский размер обуви': { value: 42 } }, { techSize: '42', wbSize: '42' }],
    [
      { Размер: ['M'], 'Российский размер': '48' },
      { techSize: 'M', wbSize: '48' },
    ],
    [{ Размер: 'L' }, { techSize: 'L', wbSize: 'L' }],
    [{ Размер: ' ' }, {}],
  ] as readonly (readonly [ProductSnapshot['attributes'], object])[])('name the size of goods that have one: %j', (attributes, size) => {
    const product = { attributes } as ProductSnapshot;
    const values = { category: '815', title: 'Футболка', dimensions: { length: 200, width: 150, height: 20, weight: 200 }, barcodes: ['1'] };
    const { variants } = compose('create', { key: 'A', ids: {}, values, carry: {}, product }) as { variants: { sizes: object[] }[] };
    expect(variants[0]?.sizes).toEqual([{ ...size, skus: ['1'] }]);
  });

  it('send pictures with the video that is there: saving replaces both', () => {
    expect(compose('media', item({ values: { media: ['d'] }, mediaUrls: ['https://shop.test/1.jpg'] }))).toEqual({
      nmId: 101,
      data: ['https://shop.test/1.jpg', 'https://videonme-basket-01.wbbasket.ru/vol1/101/hls/1440p/index.m3u8'],
    });
  });

  it('set price and discount of the card, and stock by size and warehouse', () => {
    expect(compose('prices', item({ values: { price: { price: 699_30, old: 999_00, currency: 'RUB' } } }))).toEqual({ nmID: 101, price: 999, discount: 30 });
    expect(compose('stocks', item({ values: { stock: { '7': 3 } } }))).toEqual([{ warehouse: '7', chrtId: 5001, amount: 3 }]);
    expect(() => compose('stocks', item({ ids: {}, values: { stock: { '7': 3 } } }))).toThrow(Refused);
  });

  it('send no stock of a product without a size to a card that has several', () => {
    const stock = (part: Partial<PushItem>) => () => compose('stocks', item({ ids: { chrt: '1', offer: '1', sizes: '2' }, values: { stock: { '7': 3 } }, ...part }));
    const sized = { attributes: { Размер: 'S' } } as unknown as ProductSnapshot;
    const unsized = { attributes: {} } as unknown as ProductSnapshot;
    expect(stock({ product: unsized })).toThrow('wildberries.size-unknown');
    expect(stock({ product: sized })()).toEqual([{ warehouse: '7', chrtId: 1, amount: 3 }]);
    expect(stock({ product: unsized, key: 'KETTLE-1 · S' })()).toEqual([{ warehouse: '7', chrtId: 1, amount: 3 }]);
  });
});

describe('a size', () => {
  const values = {
    category: '815',
    title: 'Платье',
    dimensions: { length: 200, width: 150, height: 20, weight: 200 },
    barcodes: ['3'],
    price: { price: 100_00, currency: 'RUB' },
  };
  const product = { attributes: { Размер: 'L', 'Российский размер': '48' } } as unknown as ProductSnapshot;

  it('is made under the article of its card', () => {
    const { variants } = compose('create', { key: 'DRESS/красный · L', ids: {}, values, carry: {}, product }) as { variants: [Body] };
    expect(variants[0]).toMatchObject({ vendorCode: 'DRESS/красный', sizes: [{ techSize: 'L', wbSize: '48', price: 100, skus: ['3'] }] });
  });

  it('is added to a card that is there, which is carried whole', () => {
    const live = liveCard({ vendorCode: 'DRESS', sizes: [{ chrtID: 1, techSize: 'S', wbSize: '44', skus: ['1'], gtin: ['9'] }] });
    const body = withNewSize({ key: 'DRESS · L', ids: {}, values, carry: {}, product }, live) as Body;
    expect(body).toMatchObject({ nmID: 101, vendorCode: 'DRESS', title: 'Платье', documents: liveCard()['documents'] });
    expect(body.sizes).toEqual([
      { chrtID: 1, techSize: 'S', wbSize: '44', skus: ['1'], gtin: ['9'] },
      { techSize: 'L', wbSize: '48', price: 100, skus: ['3'] },
    ]);
  });
});
