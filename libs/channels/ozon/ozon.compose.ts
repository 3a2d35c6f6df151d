import { type Diagnostic, Refused, Unsupported, formatMoney, sendId } from '#kernel';
import type { AttributeValue, FacetValues, PriceValue, PushItem } from '#channels/contract';
import { ATTRIBUTE, CARRIED, SAFE_ATTRIBUTES } from './ozon.attribute-ids.js';

/* The exact body for one card and one call. What must not change but is replaced by the call comes from `carry`. */

interface SentValue {
  readonly dictionary_value_id?: number | string;
  readonly value: string;
}
interface SentAttribute {
  readonly id: number | string;
  readonly complex_id: number | string;
  readonly values: readonly SentValue[];
}

/** VAT in percent → as Ozon writes it. */
export const VAT: Readonly<Record<number, string>> = { 0: '0', 5: '0.05', 7: '0.07', 10: '0.1', 20: '0.2', 22: '0.22' };

/** Throws `Refused` when something the call cannot do without is missing, `Unsupported` for an unknown operation. */
export function compose(operation: string, item: PushItem): unknown {
  switch (operation) {
    case 'import':
      return importItem(item);
    case 'attributes':
      return attributesItem(item);
    case 'pictures':
      return { offer_id: item.key, images: pictureUrls(item), primary_image: '', ...colourImage(item.carry.attributes) };
    case 'prices':
      return pricesItem(item);
    case 'stocks':
      return stockPairs(item);
    case 'archive':
    case 'unarchive':
      return { product_id: productId(item) };
    case 'revalidate':
      return { offer_id: item.key, attributes: [safeAttribute(item)] };
    case 'barcodes':
      return barcodePairs(item);
    default:
      throw new Unsupported(`Ozon has no operation "${operation}"`);
  }
}

function importItem(item: PushItem): unknown {
  const { values, carry, product } = item;
  const category = values.category ?? carry.category ?? missing('category', 'ozon.no-category');
  const current = carry.category ?? category;
  const [categoryId = '', typeId = ''] = category.split(':');
  const [currentId = ''] = current.split(':');
  const dimensions = values.dimensions ?? carry.dimensions ?? missing('dimensions', 'ozon.no-dimensions');
  const attributes = merged(values.attributes, carry.attributes);
  const description = values.description ?? carry.description ?? '';
  const barcode = (values.barcodes ?? carry.barcodes ?? product?.barcodes ?? []).find((code) => !code.startsWith('OZN'));
  const vat = product?.vat === undefined ? undefined : VAT[product.vat];
  return {
    offer_id: item.key,
    name: values.title ?? carry.title ?? missing('title', 'ozon.no-title'),
    description_category_id: sendId(currentId === '' ? categoryId : currentId),
    ...(currentId !== '' && currentId !== categoryId ? { new_description_category_id: sendId(categoryId) } : {}),
    type_id: sendId(typeId),
    attributes: [...plainAttributes(attributes), ...(description === '' ? [] : [textAttribute(ATTRIBUTE.description, description)])],
    complex_attributes: complexAttributes(attributes),
    images: values.media === undefined ? (carry.media ?? []) : pictureUrls(item),
    primary_image: '',
    ...colourImage(attributes),
    ...pdfList(attributes),
    ...(barcode === undefined ? {} : { barcode }),
    ...priceFields(item),
    ...(vat === undefined ? {} : { vat }),
    depth: dimensions.length,
    width: dimensions.width,
    height: dimensions.height,
    dimension_unit: 'mm',
    weight: dimensions.weight,
    weight_unit: 'g',
  };
}

type Attributes = FacetValues['attributes'];

/** Ours win; what only the channel has is sent back, or a full import would wash it away. */
function merged(ours: Attributes | undefined, live: Attributes | undefined): Attributes {
  return { ...live, ...ours };
}

function plainAttributes(attributes: Attributes): SentAttribute[] {
  return Object.entries(attributes)
    .filter(([id]) => /^\d+$/.test(id) && id !== ATTRIBUTE.type && id !== ATTRIBUTE.description && id !== ATTRIBUTE.title)
    .map(([id, values]) => ({ id: sendId(id), complex_id: 0, values: values.map(sentValue) }));
}

function sentValue(value: AttributeValue): SentValue {
  return value.id === undefined ? { value: value.text } : { dictionary_value_id: sendId(value.id), value: value.text };
}

function textAttribute(id: string, text: string): SentAttribute {
  return { id: sendId(id), complex_id: 0, values: [{ value: text }] };
}

/** The n-th value of each part of a complex attribute makes its n-th entry (a video and its name). */
function complexAttributes(attributes: Attributes): { readonly attributes: readonly SentAttribute[] }[] {
  const parts = Object.entries(attributes).flatMap(([key, values]) => {
    const [complexId, id] = key.split('/');
    return complexId !== undefined && id !== undefined ? [{ complexId, id, values }] : [];
  });
  const groups: { attributes: SentAttribute[] }[] = [];
  for (const complexId of new Set(parts.map((part) => part.complexId))) {
    const own = parts.filter((part) => part.complexId === complexId);
    const count = Math.max(...own.map((part) => part.values.length));
    for (let at = 0; at < count; at += 1) {
      groups.push({
        attributes: own.flatMap((part) => {
          const value = part.values[at];
          return value === undefined ? [] : [{ id: sendId(part.id), complex_id: sendId(complexId), values: [sentValue(value)] }];
        }),
      });
    }
  }
  return groups;
}

function colourImage(attributes: Attributes | undefined): { color_image?: string } {
  const url = attributes?.[CARRIED.colourImage]?.[0]?.text;
  return url === undefined ? {} : { color_image: url };
}

function pdfList(attributes: Attributes): { pdf_list?: { index: number; name: string; src_url: string }[] } {
  const files = attributes[CARRIED.pdf];
  if (files === undefined) return {};
  return {
    pdf_list: files.map((file, index) => {
      const cut = file.text.indexOf('|');
      return { index, name: file.text.slice(0, cut), src_url: file.text.slice(cut + 1) };
    }),
  };
}

function attributesItem(item: PushItem): unknown {
  const { title, description, attributes } = item.values;
  return {
    offer_id: item.key,
    attributes: [
      ...(title === undefined ? [] : [textAttribute(ATTRIBUTE.title, title)]),
      ...(description === undefined ? [] : [textAttribute(ATTRIBUTE.description, description)]),
      ...(attributes === undefined ? [] : plainAttributes(attributes)),
    ],
  };
}

function pictureUrls(item: PushItem): readonly string[] {
  const urls = item.mediaUrls ?? (item.values.media === undefined ? item.carry.media : undefined);
  return urls ?? missing('media', 'ozon.no-public-picture');
}

function priceFields(item: PushItem): { price: string; old_price: string; currency_code: string } {
  const price = item.values.price ?? item.carry.price ?? masterPrice(item);
  return {
    price: formatMoney({ minor: price.price, currency: price.currency }),
    old_price: price.old === undefined ? '0' : formatMoney({ minor: price.old, currency: price.currency }),
    currency_code: price.currency,
  };
}

function masterPrice(item: PushItem): PriceValue {
  const { price, oldPrice } = item.product ?? {};
  if (price === undefined) return missing('price', 'ozon.no-price');
  return { price: price.minor, ...(oldPrice === undefined ? {} : { old: oldPrice.minor }), currency: price.currency };
}

function pricesItem(item: PushItem): unknown {
  const price = item.values.price ?? missing('price', 'ozon.no-price');
  return {
    offer_id: item.key,
    ...priceFields(item),
    ...(price.min === undefined ? {} : { min_price: formatMoney({ minor: price.min, currency: price.currency }), min_price_for_auto_actions_enabled: true }),
    auto_action_enabled: 'UNKNOWN',
    auto_add_to_ozon_actions_list_enabled: 'UNKNOWN',
    price_strategy_enabled: 'UNKNOWN',
  };
}

function stockPairs(item: PushItem): unknown {
  const id = item.externalId === undefined || item.externalId === '' ? {} : { product_id: sendId(item.externalId) };
  return Object.entries(item.values.stock ?? missing('stock', 'ozon.no-stock')).map(([warehouse, stock]) => ({
    offer_id: item.key,
    ...id,
    stock,
    warehouse_id: sendId(warehouse),
  }));
}

/** One attribute exactly as it is now: enough for Ozon to look at the card again, and nothing in it changes. */
function safeAttribute(item: PushItem): SentAttribute {
  const live = item.carry.attributes ?? {};
  for (const id of SAFE_ATTRIBUTES) {
    const values = live[id];
    if (values !== undefined && values.length > 0) return { id: sendId(id), complex_id: 0, values: values.map(sentValue) };
  }
  return textAttribute(ATTRIBUTE.article, item.key);
}

function barcodePairs(item: PushItem): unknown {
  const sku = item.ids['sku'];
  if (sku === undefined || sku === '') return missing('barcodes', 'ozon.not-created');
  const live = item.carry.barcodes ?? [];
  return (item.values.barcodes ?? []).filter((code) => !live.includes(code)).map((barcode) => ({ barcode, sku: sendId(sku) }));
}

function productId(item: PushItem): number | string {
  return item.externalId === undefined || item.externalId === '' ? missing('presence', 'ozon.not-created') : sendId(item.externalId);
}

function missing(path: string, code: string): never {
  const diagnostics: readonly Diagnostic[] = [{ severity: 'error', path, code }];
  throw new Refused(`Nothing to send: ${code}`, diagnostics);
}
