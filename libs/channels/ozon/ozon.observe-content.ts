import { BrokenContract, line, paragraphs, type Doc, readDoc, readId, readList, readNumber, readText, readTexts } from '#kernel';
import type { AttributeValue, CardValues, Dimensions, ObservedCard } from '#channels/contract';
import { ATTRIBUTE, CARRIED, complexKey } from './ozon.attribute-ids.js';
import { LAST_INDEX, attributesInOrder, attributeValue, holdsSomething, normalise } from './ozon.normalise.js';
import { identity } from './ozon.observe.js';
import { RawPrint } from './ozon.raw-print.js';

/**
 * One item of `/v4/product/info/attributes`: everything a person reads. Of nearly every card of a sweep only the print is
 * asked for, so the values wait until somebody wants them; until then a malformed item is not noticed either.
 */
export function contentCard(value: unknown): ObservedCard {
  const item = readDoc(value, 'attributes');
  let built: CardValues | undefined;
  return {
    ...identity(item, 'offer_id', 'id'),
    get print() {
      return contentPrint(item);
    },
    get values() {
      return (built ??= contentValues(item));
    },
  };
}

/** All that the values and further ids of a card are made of, as the answer has it: a field that is read below must be written here. */
function contentPrint(item: Doc): string {
  const print = new RawPrint();
  const add = (value: unknown): void => void print.add(value);
  const addValue = (value: unknown): void => {
    const doc = readDoc(value, 'attributes.values');
    print.add(doc['dictionary_value_id'] ?? doc['dictionaryValueId']).add(doc['value']);
  };
  const addAttribute = (value: unknown): void => {
    const attribute = readDoc(value, 'attributes.attributes');
    print.add(attribute['id']).addList(attribute['values'], addValue);
  };
  return print
    .add(item['sku'])
    .add(item['description_category_id'])
    .add(item['type_id'])
    .add(item['name'])
    .addList(item['attributes'], addAttribute)
    .addList(item['complex_attributes'], add)
    .addList(item['color_image'], add)
    .addList(item['pdf_list'], add)
    .addList(item['primary_image'], add)
    .addList(item['images'], add)
    .add(item['depth'])
    .add(item['width'])
    .add(item['height'])
    .add(item['dimension_unit'])
    .add(item['weight'])
    .add(item['weight_unit'])
    .add(item['barcode'])
    .addList(item['barcodes'], add)
    .text();
}

const DESCRIPTION = Number(ATTRIBUTE.description);
const TITLE = Number(ATTRIBUTE.title);

/** The facets of an item, in the order of FACETS and in their canonical form. */
function contentValues(item: Doc): CardValues {
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

  return {
    category: `${readId(item['description_category_id'], 'attributes.category')}:${readId(item['type_id'], 'attributes.type')}`,
    title: line(title),
    description: paragraphs(description),
    media: pictures(item),
    attributes: ordered ? attributes : attributesInOrder(attributes),
    dimensions: dimensionsOf(item),
    barcodes: barcodesOf(item),
  };
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
