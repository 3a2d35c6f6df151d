/** Every number and text of a card follows from its place, so that the page server and the seeding agree without talking. */
export const FIRST_PRODUCT_ID = 1_500_000_000;
export const CARDS_A_PAGE = 1000;
export const WAREHOUSE_ID = 1_020_000_123_456_000;
/** A page is changed in place by overwriting the digits behind these marks; the length of the answer stays. */
export const TEXT_MARK = 'Партия № ';
export const TEXT_MARK_DIGITS = 6;
export const PRICE_MARK = '"price":"';
export const PRICE_DIGITS = 4;

export const offerId = (place: number): string => `B-${String(place).padStart(7, '0')}`;
export const productId = (place: number): number => FIRST_PRODUCT_ID + place;
const sku = (place: number): number => productId(place) + 400_000_000;

const NOUNS = ['Кастрюля', 'Плед', 'Лампа', 'Рюкзак', 'Чайник', 'Полотенце', 'Органайзер', 'Светильник', 'Сковорода', 'Подушка'];
const NAMES = ['Волна', 'Север', 'Лада', 'Кедр', 'Искра', 'Заря', 'Берег', 'Рассвет'];
const SENTENCES = [
  'Подходит для ежедневного использования и легко моется под проточной водой.',
  'Материалы проверены временем, приятны на ощупь и не впитывают запахи.',
  'Компактная упаковка удобна для хранения, поездки и подарка близким.',
  'Изделие прошло проверку качества на производстве и снабжено паспортом.',
  'Продуманная конструкция служит много сезонов и не требует особого ухода.',
  'Инструкция на русском языке и гарантийный талон входят в комплект.',
  'Цвет не выгорает на солнце и сохраняется после многих стирок.',
  'Размер указан в таблице; допустимо отклонение до полутора процентов.',
];
const VALUES = ['нержавеющая сталь', 'хлопок', 'графитовый', 'Россия', '24 месяца', 'универсальный', 'для дома и дачи', 'матовый', 'подарочная коробка', 'без рисунка'];

/** Small and repeatable: the same place and salt always give the same number. */
function pick(place: number, salt: number, below: number): number {
  let x = (place * 0x9e3779b1 + salt * 0x85ebca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) % below;
}

const of = <T>(list: readonly [T, ...T[]] | readonly T[], place: number, salt: number): T => list[pick(place, salt, list.length)] as T;

export const title = (place: number): string => `${of(NOUNS, place, 1)} ${of(NAMES, place, 2)} ${1000 + place}`;

export function description(place: number): string {
  const first = pick(place, 3, SENTENCES.length);
  const body = Array.from({ length: 6 }, (_, n) => SENTENCES[(first + n) % SENTENCES.length]);
  return `${title(place)}. ${TEXT_MARK}${'0'.repeat(TEXT_MARK_DIGITS)}. ${body.join(' ')}`;
}

/** Kopecks; always four digits of rubles. */
export const priceMinor = (place: number): number => (1000 + pick(place, 4, 8000)) * 100;
export const stock = (place: number): number => 1 + pick(place, 5, 90);
export const categoryOf = (place: number): { category: number; type: number } => ({ category: 17_028_900 + (place % 40), type: 91_500 + (place % 40) });

export const ATTRIBUTE_IDS = Array.from({ length: 16 }, (_, n) => 10_000 + n * 37);

function attributes(place: number): object[] {
  const texts = ATTRIBUTE_IDS.map((id, n) => ({
    id,
    complex_id: 0,
    values: [{ dictionary_value_id: n % 3 === 0 ? 970_000_000 + pick(place, id, 5000) : 0, value: of(VALUES, place, id) }],
  }));
  return [
    ...texts,
    { id: 4180, complex_id: 0, values: [{ dictionary_value_id: 0, value: title(place) }] },
    { id: 4191, complex_id: 0, values: [{ dictionary_value_id: 0, value: description(place) }] },
  ];
}

function pictures(place: number): string[] {
  const name = pick(place, 6, 1_000_000_000).toString(36);
  return Array.from({ length: 4 }, (_, n) => `https://cdn1.ozone.ru/s3/multimedia-1-${n}/${7_000_000_000 + place * 8 + n}-${name}.jpg`);
}

const barcode = (place: number): string => `46${String(10_000_000_000 + place)}`;
const CREATED = '2026-03-02T08:11:45.120Z';

/** An item of `/v3/product/list`. */
export function listBody(place: number): object {
  return {
    product_id: productId(place),
    offer_id: offerId(place),
    sku: sku(place),
    archived: false,
    has_fbo_stocks: false,
    has_fbs_stocks: true,
    is_discounted: false,
    quants: [],
  };
}

/** An item of `/v3/product/info/list`. */
export function infoBody(place: number): object {
  const [main, ...more] = pictures(place);
  const { category, type } = categoryOf(place);
  return {
    id: productId(place),
    offer_id: offerId(place),
    sku: sku(place),
    name: title(place),
    barcodes: [barcode(place)],
    description_category_id: category,
    type_id: type,
    price: `${priceMinor(place) / 100}.00`,
    old_price: '',
    min_price: '',
    currency_code: 'RUB',
    vat: '0.22',
    primary_image: [main],
    images: more,
    color_image: [],
    is_archived: false,
    is_autoarchived: false,
    is_kgt: false,
    is_super: false,
    is_discounted: false,
    is_prepayment_allowed: true,
    has_discounted_fbo_item: false,
    discounted_fbo_stocks: 0,
    volume_weight: 1.2,
    visibility_details: { has_price: true, has_stock: true },
    availabilities: [{ sku: sku(place), source: 'sds', availability: 'AVAILABLE', reasons: [] }],
    statuses: {
      status: 'price_sent',
      status_failed: '',
      moderate_status: 'approved',
      validation_status: 'success',
      status_name: 'Продается',
      status_description: '',
      is_created: true,
      status_tooltip: '',
      status_updated_at: CREATED,
    },
    errors: [],
    model_info: { model_id: productId(place), count: 1 },
    stocks: { has_stock: true, stocks: [{ sku: sku(place), source: 'fbs', present: stock(place), reserved: 0 }] },
    sources: [{ sku: sku(place), source: 'sds', created_at: CREATED, shipment_type: 'SHIPMENT_TYPE_GENERAL', quant_code: '' }],
    price_indexes: { color_index: 'COLOR_INDEX_WITHOUT_INDEX', external_index_data: null, ozon_index_data: null, self_marketplaces_index_data: null },
    commissions: [{ sale_schema: 'FBS', percent: 15, value: 0, delivery_amount: 0, return_amount: 0 }],
    promotions: [],
    created_at: CREATED,
    updated_at: CREATED,
  };
}

/** An item of `/v4/product/info/stocks`. */
export function stockBody(place: number): object {
  const row = { type: 'fbs', present: stock(place), reserved: 0, sku: sku(place), shipment_type: 'SHIPMENT_TYPE_GENERAL', warehouse_ids: [WAREHOUSE_ID] };
  return { product_id: productId(place), offer_id: offerId(place), stocks: [row] };
}

/** An item of `/v4/product/info/attributes`. */
export function contentBody(place: number): object {
  const urls = pictures(place);
  const { category, type } = categoryOf(place);
  return {
    id: productId(place),
    barcode: barcode(place),
    barcodes: [barcode(place)],
    name: title(place),
    offer_id: offerId(place),
    type_id: type,
    description_category_id: category,
    height: 20 + pick(place, 7, 300),
    depth: 20 + pick(place, 8, 300),
    width: 20 + pick(place, 9, 300),
    dimension_unit: 'mm',
    weight: 50 + pick(place, 10, 5000),
    weight_unit: 'g',
    primary_image: urls[0],
    images: urls,
    color_image: '',
    sku: String(sku(place)),
    model_info: { model_id: productId(place), count: 1 },
    pdf_list: [],
    attributes: attributes(place),
    attributes_with_defaults: [],
    complex_attributes: [],
  };
}
