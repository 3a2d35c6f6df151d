import { BrokenContract, parseMoney, type Doc, readDoc, readFlag, readId, readKey, readList, readNumber, readText, readTexts, line, paragraphs } from '#kernel';
import type { AttributeValue, CardValues, Dimensions, Facet, ObservedCard, PriceValue } from '#channels/contract';
import { ATTRIBUTE, CARRIED, complexKey } from './ozon.attribute-ids.js';
import { LAST_INDEX, attributesInOrder, attributeValue, holdsSomething, normalise } from './ozon.normalise.js';
import { statusOf } from './ozon.status.js';

/* Answers → observed cards. Values are built in the order of FACETS and already in their canonical form. */

/** One item of `/v3/product/list`: that the card is there, and under which ids. */
export function listedCard(value: unknown): ObservedCard {
  const item = readDoc(value, 'product list');
  return card(item, 'offer_id', 'product_id', { presence: readFlag(item['archived']) ? 'archived' : 'listed' });
}

/** One item of `/v3/product/info/list`: status and price, and presence when asked for. */
export function infoCard(value: unknown, quarantined: (productId: string) => boolean, facets: ReadonlySet<Facet>): ObservedCard {
  const item = readDoc(value, 'info list');
  const values: CardValues = {};
  if (facets.has('presence')) values.presence = readFlag(item['is_archived']) || readFlag(item['is_autoarchived']) ? 'archived' : 'listed';
  if (facets.has('status')) values.status = statusOf(item, quarantined(readId(item['id'], 'info list.id')));
  if (facets.has('price')) values.price = priceOf(item);
  return card(item, 'offer_id', 'id', values);
}

function priceOf(item: Doc): PriceValue {
  const currency = readText(item['currency_code']) || 'RUB';
  const amount = (name: string): number => {
    const raw = readText(item[name]);
    if (raw === '') return 0;
    const money = parseMoney(raw, currency);
    if (!money) throw new BrokenContract(`info list.${name}: expected an amount`, raw);
    return money.minor;
  };
  const old = amount('old_price');
  const min = amount('min_price');
  return { price: amount('price'), ...(old > 0 ? { old } : {}), ...(min > 0 ? { min } : {}), currency };
}

const DESCRIPTION = Number(ATTRIBUTE.description);
const TITLE = Number(ATTRIBUTE.title);

/** One item of `/v4/product/info/attributes`: everything a person reads. */
export function contentCard(value: unknown): ObservedCard {
  const item = readDoc(value, 'attributes');
  const attributes: Record<string, readonly AttributeValue[]> = {};
  let title = readText(item['name']);
  let description = '';
  // Usual attribute ids alone are kept in order by the object itself.
  let ordered = true;
  for (const raw of readList(item['attributes'], 'attributes.attributes')) {
    const attribute = readDoc(raw, 'attributes.attributes');
    // A number is kept as one: as a key it is several times cheaper than its text.
    const id = typeof attribute['id'] === 'number' ? attribute['id'] : Number(readId(attribute['id'], 'attributes.id'));
    if (!(id > 0)) throw new BrokenContract('attributes.id: expected an id', attribute['id']);
    const values = readList(attribute['values'], 'attributes.values');
    if (id === DESCRIPTION) description = values.map(valueText).join('\n');
    else if (id === TITLE) title ||= valueText(values[0]);
    else {
      const read = readValues(values);
      if (read.length > 0) attributes[id] = read;
      if (id > LAST_INDEX) ordered = false;
    }
  }
  const complex = readList(item['complex_attributes'], 'attributes.complex_attributes');
  for (const raw of complex) addComplex(attributes, readDoc(raw, 'complex_attributes'));
  const colour = readTexts(item['color_image'], 'attributes.color_image');
  if (colour.length > 0) attributes[CARRIED.colourImage] = colour.map((text) => ({ text }));
  const pdf = readList(item['pdf_list'], 'attributes.pdf_list');
  if (pdf.length > 0) attributes[CARRIED.pdf] = pdf.map((file) => ({ text: pdfText(readDoc(file, 'pdf_list')) }));
  if (complex.length + colour.length + pdf.length > 0) ordered = false;

  return card(item, 'offer_id', 'id', {
    category: `${readId(item['description_category_id'], 'attributes.category')}:${readId(item['type_id'], 'attributes.type')}`,
    title: line(title),
    description: paragraphs(description),
    media: pictures(item),
    attributes: ordered ? attributes : attributesInOrder(attributes),
    dimensions: dimensionsOf(item),
    barcodes: barcodesOf(item),
  });
}

function valueText(value: unknown): string {
  return value === undefined ? '' : readText(readDoc(value, 'attributes.values')['value']);
}

function readValues(values: readonly unknown[]): readonly AttributeValue[] {
  const out: AttributeValue[] = [];
  for (const value of values) {
    const doc = readDoc(value, 'attributes.values');
    const id = readId(doc['dictionary_value_id'] ?? doc['dictionaryValueId'], 'attributes.values.dictionary_value_id');
    const read = attributeValue(id, readText(doc['value']));
    if (holdsSomething(read)) out.push(read);
  }
  return out;
}

function addComplex(into: Record<string, readonly AttributeValue[]>, doc: Doc): void {
  const nested = readList(doc['attributes'], 'complex_attributes.attributes');
  if (nested.length > 0) {
    for (const raw of nested) addComplex(into, readDoc(raw, 'complex_attributes'));
    return;
  }
  const key = complexKey(readId(doc['complex_id'], 'complex_attributes.complex_id'), readId(doc['id'], 'complex_attributes.id'));
  into[key] = [...(into[key] ?? []), ...readValues(readList(doc['values'], 'complex_attributes.values'))];
}

function barcodesOf(item: Doc): readonly string[] {
  const all = readTexts(item['barcodes'], 'attributes.barcodes');
  const first = readText(item['barcode']);
  if (all.length === 1 && (first === '' || first === all[0])) return all;
  return normalise('barcodes', first === '' ? all : [...all, first]) as readonly string[];
}

function pdfText(file: Doc): string {
  return `${readText(file['name'])}|${readText(file['file_name'])}`;
}

/** The main picture first. Some answers repeat it among the others, some do not. */
function pictures(item: Doc): readonly string[] {
  const main = readTexts(item['primary_image'], 'attributes.primary_image')[0];
  const all = readTexts(item['images'], 'attributes.images');
  return main === undefined || all[0] === main ? all : [main, ...all.filter((url) => url !== main)];
}

const MILLIMETRES: Readonly<Record<string, number>> = { '': 1, mm: 1, cm: 10, in: 25.4 };
const GRAMS: Readonly<Record<string, number>> = { '': 1, g: 1, kg: 1000, lb: 453.59237 };

function dimensionsOf(item: Doc): Dimensions {
  const size = factor(MILLIMETRES, item['dimension_unit'], 'dimension_unit');
  const weight = factor(GRAMS, item['weight_unit'], 'weight_unit');
  return {
    length: Math.round(readNumber(item['depth'], 'attributes.depth') * size),
    width: Math.round(readNumber(item['width'], 'attributes.width') * size),
    height: Math.round(readNumber(item['height'], 'attributes.height') * size),
    weight: Math.round(readNumber(item['weight'], 'attributes.weight') * weight),
  };
}

function factor(units: Readonly<Record<string, number>>, unit: unknown, where: string): number {
  const known = units[readText(unit)];
  if (known === undefined) throw new BrokenContract(`attributes.${where}: unknown unit`, unit);
  return known;
}

/** Free stock of one item of `/v4/product/info/stocks` by type, and the warehouses it is spread over (empty: not told). */
export function freeStock(value: unknown, type: string): { readonly free: number; readonly warehouses: ReadonlySet<string> } {
  const item = readDoc(value, 'stocks');
  const warehouses = new Set<string>();
  let free = 0;
  for (const raw of readList(item['stocks'], 'stocks.stocks')) {
    const row = readDoc(raw, 'stocks.stocks');
    if (readText(row['type']).toLowerCase() !== type) continue;
    // What is present includes what is reserved.
    free += readNumber(row['present'], 'stocks.present') - readNumber(row['reserved'], 'stocks.reserved');
    for (const id of readList(row['warehouse_ids'], 'stocks.warehouse_ids')) warehouses.add(readId(id, 'stocks.warehouse_ids'));
  }
  return { free: Math.max(0, free), warehouses };
}

export function stockCard(value: unknown, warehouse: string, free: number): ObservedCard {
  return card(readDoc(value, 'stocks'), 'offer_id', 'product_id', { stock: { [warehouse]: free } });
}

function card(item: Doc, keyName: string, idName: string, values: CardValues): ObservedCard {
  const sku = readId(item['sku'], 'sku');
  return {
    key: readKey(item[keyName], keyName),
    externalId: readId(item[idName], idName),
    ids: sku === '' ? {} : { sku },
    values,
  };
}
