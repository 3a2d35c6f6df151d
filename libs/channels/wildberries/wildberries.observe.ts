import { BrokenContract, line, numberText, paragraphs, readDoc, readDocOrEmpty, readId, readKey, readList, readNumber, readText, type Doc } from '#kernel';
import type { AttributeValue, CardValues, Dimensions, ObservedCard, PriceValue } from '#channels/contract';
import { BRAND, attributesInOrder, normalise } from './wildberries.normalise.js';
import { valueOfForm } from './wildberries.price-form.js';

/* Answers → observed cards. Values are built in the order of FACETS and already in their canonical form. */

/** One size of a card: `id` is chrtID here, chrtId with stocks, sizeID with prices. */
export interface Size {
  readonly id: string;
  readonly name: string;
}

/** One item of `/content/v2/get/cards/list`: everything a person reads, and that the card is there. */
export function contentCard(value: unknown): ObservedCard {
  const item = readDoc(value, 'cards list');
  const sizes = sizesOf(item);
  return {
    ...identity(item, 'cards list', sizes),
    values: {
      category: readId(item['subjectID'], 'cards list.subjectID'),
      title: line(readText(item['title'])),
      description: paragraphs(readText(item['description'])),
      media: photosOf(item),
      attributes: attributesOf(item),
      dimensions: dimensionsOf(readDocOrEmpty(item['dimensions'])),
      ...barcodesBySize(item, sizes),
      presence: 'listed',
    },
  };
}

/** One item of `/content/v2/get/cards/trash`. */
export function trashedCard(value: unknown): ObservedCard {
  const item = readDoc(value, 'cards trash');
  return { ...identity(item, 'cards trash', sizesOf(item)), values: { presence: 'archived' } };
}

function identity(item: Doc, where: string, sizes: readonly Size[]): Pick<ObservedCard, 'key' | 'externalId' | 'ids'> {
  const group = readId(item['imtID'], `${where}.imtID`);
  return {
    key: readKey(item['vendorCode'], `${where}.vendorCode`),
    externalId: readKey(item['nmID'], `${where}.nmID`),
    ids: { ...(group === '' ? {} : { imt: group }), ...sizeIds(sizes) },
  };
}

/** Barcodes hang on the card while it has one size, on each of its sizes when there are several. */
function barcodesBySize(item: Doc, sizes: readonly Size[]): Pick<CardValues, 'barcodes' | 'offers'> {
  const codes = readList(item['sizes'], 'sizes').map((size) => normalise('barcodes', barcodesOf(size)) as readonly string[]);
  if (sizes.length <= 1) return { barcodes: codes[0] ?? [] };
  return { offers: Object.fromEntries(sizes.map((size, at) => [size.name, { barcodes: codes[at] ?? [] }])) };
}

/** The only size goes under one name whatever it is called; several under their own. */
function sizeIds(sizes: readonly Size[]): Readonly<Record<string, string>> {
  const [only] = sizes;
  if (sizes.length === 1 && only !== undefined) return { chrt: only.id };
  return Object.fromEntries(sizes.map((size) => [`chrt:${size.name}`, size.id]));
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

/** One item of `/api/v2/list/goods/filter`. */
export interface Goods {
  readonly key: string;
  readonly externalId: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly sizes: readonly (Size & { readonly price: PriceValue })[];
}

export function goodsOf(value: unknown): Goods {
  const item = readDoc(value, 'goods');
  const rows = readList(item['sizes'], 'goods.sizes').map((size) => readDoc(size, 'goods.sizes'));
  const currency = readText(item['currencyIsoCode4217']) || 'RUB';
  const discount = readNumber(item['discount'], 'goods.discount');
  const sizes = rows.map((row) => ({ id: readId(row['sizeID'], 'goods.sizeID'), name: readText(row['techSizeName']), price: priceOf(row, discount, currency) }));
  return {
    key: readKey(item['vendorCode'], 'goods.vendorCode'),
    externalId: readKey(item['nmID'], 'goods.nmID'),
    ids: sizeIds(sizes),
    sizes,
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
