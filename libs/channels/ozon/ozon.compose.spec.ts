import { describe, expect, it } from '@jest/globals';
import { Refused, Unsupported } from '#kernel';
import type { CardValues, PushItem } from '#channels/contract';
import { compose } from './ozon.compose.js';

const LIVE: CardValues = {
  category: '17028922:91565',
  title: 'Чайник',
  description: 'Живое описание',
  media: ['https://cdn1.ozone.ru/1.jpg', 'https://cdn1.ozone.ru/2.jpg'],
  attributes: {
    '85': [{ id: '5060050', text: 'Samsung' }],
    '8229': [{ id: '91565', text: 'Чайник' }],
    '10400': [{ text: '1 год' }],
    '100001/21837': [{ text: 'Ролик' }, { text: 'Второй' }],
    '100001/21841': [{ text: 'https://v/1' }, { text: 'https://v/2' }],
    color_image: [{ text: 'https://cdn1.ozone.ru/c.jpg' }],
    pdf_list: [{ text: 'Инструкция|https://cdn1.ozone.ru/a.pdf' }],
  },
  dimensions: { length: 10, width: 150, height: 250, weight: 100 },
  barcodes: ['4600000000001', 'OZN77'],
  price: { price: 1000_00, old: 1300_00, min: 900_00, currency: 'RUB' },
};
const item = (part: Partial<PushItem>): PushItem => ({ key: 'A-1', externalId: '11', ids: { sku: '22' }, values: {}, carry: LIVE, ...part });
interface Body {
  readonly attributes: readonly { id: number; values: readonly { value: string; dictionary_value_id?: number }[] }[];
  readonly [key: string]: unknown;
}
const attributeOf = (body: Body, id: number) => body.attributes.find((attribute) => attribute.id === id);

describe('import', () => {
  it('sends back everything it may not change', () => {
    const body = compose('import', item({ values: { title: 'Чайник новый' } })) as Body;
    expect(body).toMatchObject({
      offer_id: 'A-1',
      name: 'Чайник новый',
      description_category_id: 17028922,
      type_id: 91565,
      images: LIVE.media,
      color_image: 'https://cdn1.ozone.ru/c.jpg',
      pdf_list: [{ index: 0, name: 'Инструкция', src_url: 'https://cdn1.ozone.ru/a.pdf' }],
      barcode: '4600000000001',
      price: '1000',
      old_price: '1300',
      currency_code: 'RUB',
      depth: 10,
      width: 150,
      height: 250,
      weight: 100,
    });
    expect(body).not.toHaveProperty('new_description_category_id');
    expect(attributeOf(body, 85)?.values).toEqual([{ dictionary_value_id: 5060050, value: 'Samsung' }]);
    expect(attributeOf(body, 10400)?.values).toEqual([{ value: '1 год' }]);
    expect(attributeOf(body, 4191)?.values).toEqual([{ value: 'Живое описание' }]);
    expect(attributeOf(body, 8229)).toBeUndefined();
    expect(body['complex_attributes']).toEqual([
      {
        attributes: [
          { id: 21837, complex_id: 100001, values: [{ value: 'Ролик' }] },
          { id: 21841, complex_id: 100001, values: [{ value: 'https://v/1' }] },
        ],
      },
      {
        attributes: [
          { id: 21837, complex_id: 100001, values: [{ value: 'Второй' }] },
          { id: 21841, complex_id: 100001, values: [{ value: 'https://v/2' }] },
        ],
      },
    ]);
  });

  it('lets our attributes win and carries the foreign ones', () => {
    const body = compose('import', item({ values: { attributes: { '85': [{ id: '7', text: 'Ясень' }] } } })) as Body;
    expect(attributeOf(body, 85)?.values).toEqual([{ dictionary_value_id: 7, value: 'Ясень' }]);
    expect(attributeOf(body, 10400)).toBeDefined();
  });

  it('moves a card by naming the old category and the new one', () => {
    expect(compose('import', item({ values: { category: '500:600' } }))).toMatchObject({
      description_category_id: 17028922,
      new_description_category_id: 500,
      type_id: 600,
    });
  });

  it('creates from the values alone, with the VAT and the price of the master', () => {
    const { price: _price, ...values } = LIVE;
    const created = item({
      externalId: undefined,
      carry: {},
      values: { ...values, media: ['digest'] },
      mediaUrls: ['https://pics.example/1.jpg'],
      product: {
        sku: 'A-1',
        revision: 1,
        title: '',
        description: '',
        category: '',
        attributes: {},
        media: [],
        barcodes: [],
        stock: {},
        archived: false,
        vat: 22,
        price: { minor: 99_50, currency: 'RUB' },
      },
    });
    expect(compose('import', created)).toMatchObject({ vat: '0.22', price: '99.5', old_price: '0', images: ['https://pics.example/1.jpg'] });
  });

  it.each([
    { reason: 'pictures without a public address', part: { values: { media: ['digest'] } }, path: 'media' },
    { reason: 'no category at all', part: { carry: {} }, path: 'category' },
    { reason: 'no dimensions', part: { carry: { ...LIVE, dimensions: undefined } }, path: 'dimensions' },
    { reason: 'no price', part: { carry: { ...LIVE, price: undefined } }, path: 'price' },
  ])('is refused before sending: $reason', ({ part, path }) => {
    const attempt = () => compose('import', item(part));
    expect(attempt).toThrow(Refused);
    try {
      attempt();
    } catch (error) {
      expect((error as Refused).diagnostics[0]).toMatchObject({ path });
    }
  });
});

describe('partial calls', () => {
  it.each([
    {
      operation: 'attributes',
      values: { title: 'Т', description: 'О', attributes: { '9024': [{ text: 'A-1' }], '100001/21841': [{ text: 'v' }] } },
      body: {
        offer_id: 'A-1',
        attributes: [
          { id: 4180, complex_id: 0, values: [{ value: 'Т' }] },
          { id: 4191, complex_id: 0, values: [{ value: 'О' }] },
          { id: 9024, complex_id: 0, values: [{ value: 'A-1' }] },
        ],
      },
    },
    { operation: 'stocks', values: { stock: { '22142605386000': 7 } }, body: [{ offer_id: 'A-1', product_id: 11, stock: 7, warehouse_id: 22142605386000 }] },
    {
      operation: 'prices',
      values: { price: { price: 1448_00, old: 1700_00, min: 1300_00, currency: 'RUB' } },
      body: {
        offer_id: 'A-1',
        price: '1448',
        old_price: '1700',
        min_price: '1300',
        currency_code: 'RUB',
        min_price_for_auto_actions_enabled: true,
        auto_action_enabled: 'UNKNOWN',
        auto_add_to_ozon_actions_list_enabled: 'UNKNOWN',
        price_strategy_enabled: 'UNKNOWN',
      },
    },
    { operation: 'archive', values: { presence: 'archived' }, body: { product_id: 11 } },
    { operation: 'unarchive', values: { presence: 'listed' }, body: { product_id: 11 } },
    { operation: 'barcodes', values: { barcodes: ['4600000000001', '4600000000002'] }, body: [{ barcode: '4600000000002', sku: 22 }] },
    { operation: 'revalidate', values: {}, body: { offer_id: 'A-1', attributes: [{ id: 10400, complex_id: 0, values: [{ value: '1 год' }] }] } },
  ] as const)('$operation', ({ operation, values, body }) => {
    expect(compose(operation, item({ values: values as CardValues }))).toEqual(body);
  });

  it('pictures keep the colour picture that only the channel knows', () => {
    expect(compose('pictures', item({ values: { media: ['d'] }, mediaUrls: ['https://p/1.jpg'] }))).toEqual({
      offer_id: 'A-1',
      images: ['https://p/1.jpg'],
      primary_image: '',
      color_image: 'https://cdn1.ozone.ru/c.jpg',
    });
  });

  it('knows no other operation', () => {
    expect(() => compose('delete', item({}))).toThrow(Unsupported);
  });
});
