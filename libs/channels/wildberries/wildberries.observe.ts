import { BrokenContract, line, numberText, paragraphs, readDoc, readDocOrEmpty, readFlag, readId, readKey, readList, readNumber, readText, type Doc } from '#kernel';
import type { AttributeValue, CardValues, Dimensions, ObservedCard, PriceValue } from '#channels/contract';
import { keysOfSizes, type CardKeys } from './wildberries.card-keys.js';
import { BRAND, attributesInOrder, normalise } from './wildberries.normalise.js';
import { valueOfForm } from './wildberries.price-form.js';

/* Answers → observed cards. Values are built in the order of FACETS and already in their canonical form. */

/** One size of a card: `id` is chrtID here, chrtId with stocks, sizeID with prices. */
export interface Size {
  readonly id: string;
  readonly name: string;
}

/** One item of `/content/v2/get/cards/list`, a listing for each of its sizes: everything a person reads, and that the card is there. */
export function contentCards(value: unknown): readonly ObservedCard[] {
  const item = readDoc(value, 'cards list');
  const once = {
    category: readId(item['subjectID'], 'cards list.subjectID'),
    title: line(readText(item['title'])),
    description: paragraphs(readText(item['description'])),
    media: photosOf(item),
    attributes: attributesOf(item),
    dimensions: dimensionsOf(readDocOrEmpty(item['dimensions'])),
  };
  const codes = readList(item['sizes'], 'sizes').map((size) => normalise('barcodes', barcodesOf(size)) as readonly string[]);
  return listingsOf(item, 'cards list', (at) => ({ ...once, barcodes: codes[at] ?? [], presence: 'listed' }));
}

/** One item of `/content/v2/get/cards/trash`, a listing for each of its sizes. */
export function trashedCards(value: unknown): readonly ObservedCard[] {
  return listingsOf(readDoc(value, 'cards trash'), 'cards trash', () => ({ presence: 'archived' }));
}

function listingsOf(item: Doc, where: string, valuesOf: (at: number) => CardValues): readonly ObservedCard[] {
  const group = readId(item['imtID'], `${where}.imtID`);
  const externalId = readKey(item['nmID'], `${where}.nmID`);
  const sizes = sizesOf(item);
  return keysOfSizes(readKey(item['vendorCode'], `${where}.vendorCode`), sizes).map((keys, at) =>
    listingOfSize(externalId, keys, { ...(group === '' ? {} : { imt: group }), ...idsOfSize(sizes, at) }, valuesOf(at)),
  );
}

/** The ids of a size say how many there are, which is news to every one of them. */
export function listingOfSize(externalId: string, { key, also }: CardKeys, ids: ObservedCard['ids'], values: CardValues): ObservedCard {
  return { key, ...(also.length > 0 ? { also } : {}), externalId, ids, values, ...(ids['offer'] === undefined ? {} : { print: JSON.stringify([ids, values]) }) };
}

/** In `ids.prices`: each size of the card may have a price of its own. */
export const BY_SIZE = 'by-size';

/** `offer` tells the sizes of one card apart, which all go under its number; `sizes` is how many there are. */
export function idsOfSize(sizes: readonly Size[], at: number): Readonly<Record<string, string>> {
  const id = sizes[at]?.id;
  if (id === undefined) return {};
  return sizes.length === 1 ? { chrt: id } : { chrt: id, offer: id, sizes: String(sizes.length) };
}

function sizesOf(item: Doc): readonly Size[] {
  return readList(item['sizes'], 'sizes').map((value) => {
    const size = readDoc(value, 'sizes');
    return { id: readId(size['chrtID'], 'sizes.chrtID'), name: readText(size['techSize']) };
  });
}

export function barcodesOf(size: unknown): readonly string[] {
  return readList(readDoc(size, 'sizes')['skus'], 'sizes.skus').map(readText);
}

function photosOf(item: Doc): readonly string[] {
  return readList(item['photos'], 'photos')
    .map((value) => readText(readDoc(value, 'photos')['big']))
    .filter((url) => url !== '');
}

function attributesOf(item: Doc): Readonly<Record<string, readonly AttributeValue[]>> {
  const out: Record<string, readonly AttributeValue[]> = {};
  for (const value of readList(item['characteristics'], 'characteristics')) {
    const characteristic = readDoc(value, 'characteristics');
    out[readKey(characteristic['id'], 'characteristics.id')] = characteristicValues(characteristic['value']);
  }
  const brand = readText(item['brand']);
  if (brand !== '') out[BRAND] = [{ text: brand }];
  return attributesInOrder(out);
}

/** A list of texts, or one number. */
function characteristicValues(value: unknown): readonly AttributeValue[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return values.map((one) => {
    if (typeof one === 'number') return { text: numberText(one), number: true as const };
    if (typeof one === 'string') return { text: one };
    throw new BrokenContract('characteristics.value: expected texts or a number', value);
  });
}

function dimensionsOf(doc: Doc): Dimensions {
  const size = (name: string) => Math.round(readNumber(doc[name], `dimensions.${name}`) * 10);
  return { length: size('length'), width: size('width'), height: size('height'), weight: Math.round(readNumber(doc['weightBrutto'], 'dimensions.weightBrutto') * 1000) };
}

/** One item of `/api/v2/list/goods/filter`: a card with the prices of its sizes. */
export interface Goods {
  readonly article: string;
  readonly externalId: string;
  /** Each size may have a price of its own. */
  readonly pricedBySize: boolean;
  readonly sizes: readonly (Size & { readonly price: PriceValue })[];
}

export function goodsOf(value: unknown): Goods {
  const item = readDoc(value, 'goods');
  const rows = readList(item['sizes'], 'goods.sizes').map((size) => readDoc(size, 'goods.sizes'));
  const currency = readText(item['currencyIsoCode4217']) || 'RUB';
  const discount = readNumber(item['discount'], 'goods.discount');
  return {
    article: readKey(item['vendorCode'], 'goods.vendorCode'),
    externalId: readKey(item['nmID'], 'goods.nmID'),
    pricedBySize: readFlag(item['editableSizePrice']),
    sizes: rows.map((row) => ({ id: readId(row['sizeID'], 'goods.sizeID'), name: readText(row['techSizeName']), price: priceOf(row, discount, currency) })),
  };
}

/** The settings tell the price; the shown one wins when it is not what they come to (more than one unit apart). */
function priceOf(row: Doc, discount: number, currency: string): PriceValue {
  const price = readNumber(row['price'], 'goods.price');
  if (!Number.isInteger(price) || !Number.isInteger(discount)) throw new BrokenContract('goods.price: expected whole numbers', row);
  const value = valueOfForm({ price, discount }, currency);
  const shown = row['discountedPrice'] === undefined ? value.price : Math.round(readNumber(row['discountedPrice'], 'goods.discountedPrice') * 100);
  return Math.abs(shown - value.price) < 100 ? value : { ...value, price: shown };
}
