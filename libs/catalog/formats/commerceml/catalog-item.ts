import { barcodeFault } from '../../document/barcode.js';
import type { AttributeValue } from '../../document/product-document.js';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import { measured } from '../decimal.js';
import { AttributeList } from '../product-row.js';
import { child, children, listed, saidBy, textOf, type XmlElement } from '../xml/xml-element.js';
import type { Classifier } from './classifier.js';
import { onecNumber, reference } from './onec-values.js';
import { PropertyFields } from './property-fields.js';
import { vatRate } from './vat-rate.js';

/** One `<Товар>` of a catalog, in the hub's own terms. */
export interface CatalogItem {
  readonly place: string;
  readonly id: string;
  readonly deleted: boolean;
  /** A service is sold in 1C and on no marketplace. */
  readonly service: boolean;
  readonly title?: string;
  readonly article?: string;
  readonly code?: string;
  readonly description?: string;
  readonly category?: string;
  readonly brand?: string;
  readonly country?: string;
  readonly vat?: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly barcodes: readonly string[];
  readonly weight?: number;
  readonly dimensions?: { readonly length: number; readonly width: number; readonly height: number };
  readonly pictures: readonly string[];
  readonly warnings: readonly ValidationIssue[];
}

/** Millimetres in the unit of the sizes of a 1C base. */
export type LengthFactor = 1 | 10 | 1000;

export function catalogItem(element: XmlElement, place: string, classifier: Classifier, lengthFactor: LengthFactor): CatalogItem | undefined {
  const id = itemId(element);
  if (id === undefined) return undefined;
  const warnings: ValidationIssue[] = [];
  const requisites = requisitesOf(element);
  const attributes = attributesOf(element, classifier, warnings);
  const kept = new PropertyFields(attributes);
  const optional = {
    title: saidBy(element, 'Наименование') ?? requisites.get('Полное наименование'),
    article: saidBy(element, 'Артикул')?.replace(/\s+/g, ' '),
    code: saidBy(element, 'Код') ?? requisites.get('Код'),
    description: requisites.get('ОписаниеВФорматеHTML') ?? saidBy(element, 'Описание'),
    category: categoryOf(element, classifier, warnings),
    brand:
      saidBy(child(element, 'ТорговаяМарка'), 'Наименование') ?? saidBy(element, 'ТорговаяМарка') ?? kept.text('brand') ?? saidBy(child(element, 'Изготовитель'), 'Наименование'),
    country: saidBy(element, 'Страна') ?? kept.text('country'),
    vat: vatOf(element, warnings),
    weight: sizeOf('weight', [saidBy(element, 'Вес'), requisites.get('Вес'), kept.amount('weight')], 1000, warnings),
    dimensions: dimensionsOf(element, kept, lengthFactor, warnings),
  };
  return {
    place,
    id,
    deleted: isDeleted(element),
    service: requisites.get('ТипНоменклатуры') === 'Услуга',
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as typeof optional),
    attributes,
    barcodes: barcodesOf(element, warnings),
    pictures: children(element, 'Картинка').flatMap(({ text }) => (text.trim() === '' ? [] : [text.trim()])),
    warnings,
  };
}

/** The key under which 1C knows the record; undefined without one, and for what no base makes. */
export function itemId(element: XmlElement): string | undefined {
  const id = reference(textOf(element, 'Ид'));
  return id === undefined || id.length > 200 ? undefined : id;
}

/** Old schemas mark it by an attribute, newer ones by an element. */
export function isDeleted(element: XmlElement): boolean {
  return element.attributes['Статус'] === 'Удален' || textOf(element, 'ПометкаУдаления') === 'true' || textOf(element, 'СтатусУдаления') === 'true';
}

export function barcodesOf(element: XmlElement, warnings: ValidationIssue[]): string[] {
  const given = [...children(element, 'Штрихкод'), ...listed(element, 'Штрихкоды', 'Штрихкод')];
  const codes = new Set(given.flatMap((code) => (saidBy(code, 'Значение') ?? code.text).split(/[\s,;]+/).filter(Boolean)));
  return [...codes].filter((barcode) => {
    const fault = barcodeFault(barcode);
    if (fault) warnings.push(issueOf('barcodes', barcode, `barcode-${fault}`, { barcode }));
    return fault === undefined;
  });
}

function requisitesOf(element: XmlElement): Map<string, string> {
  const pairs = listed(element, 'ЗначенияРеквизитов', 'ЗначениеРеквизита').map((one) => [saidBy(one, 'Наименование'), saidBy(one, 'Значение')] as const);
  const said = new Map<string, string>();
  for (const [name, value] of pairs) if (name !== undefined && value !== undefined) said.set(name, value);
  return said;
}

/** A product can stand in several groups; the first that the set knows is its category. */
function categoryOf(element: XmlElement, { groups }: Classifier, warnings: ValidationIssue[]): string | undefined {
  const ids = listed(element, 'Группы', 'Ид').flatMap(({ text }) => reference(text.trim()) ?? []);
  for (const id of ids) {
    const path = groups.pathOf(id);
    if (path !== undefined) return path;
  }
  if (ids[0] !== undefined) warnings.push(issueOf('category', ids[0], 'onec-group', { id: ids[0] }));
  return undefined;
}

function vatOf(element: XmlElement, warnings: ValidationIssue[]): number | undefined {
  const text = listed(element, 'СтавкиНалогов', 'СтавкаНалога')
    .filter((rate) => (saidBy(rate, 'Наименование') ?? 'НДС') === 'НДС')
    .flatMap((rate) => saidBy(rate, 'Ставка') ?? [])[0];
  if (text === undefined) return undefined;
  const rate = vatRate(text);
  if (rate === undefined) warnings.push(issueOf('vat', text, 'feed-vat'));
  return rate;
}

function dimensionsOf(element: XmlElement, kept: PropertyFields, factor: LengthFactor, warnings: ValidationIssue[]): CatalogItem['dimensions'] {
  const size = (name: string, field: 'length' | 'width' | 'height') => sizeOf(`dimensions.${field}`, [saidBy(element, name), kept.amount(field)], factor, warnings);
  const [length, width, height] = [size('Длина', 'length'), size('Ширина', 'width'), size('Высота', 'height')];
  return length !== undefined && width !== undefined && height !== undefined ? { length, width, height } : undefined;
}

/** The first that is filled in; 0 is how 1C says that it is not. */
function sizeOf(field: string, texts: readonly (string | undefined)[], factor: number, warnings: ValidationIssue[]): number | undefined {
  const text = texts.find((one) => one !== undefined && (onecNumber(one) ?? 0) !== 0);
  const { value, issue } = measured(field, text, factor);
  if (issue) warnings.push(issue);
  return value;
}

function attributesOf(element: XmlElement, classifier: Classifier, warnings: ValidationIssue[]): Record<string, AttributeValue> {
  const attributes = new AttributeList();
  for (const given of listed(element, 'ЗначенияСвойств', 'ЗначенияСвойства')) {
    const id = saidBy(given, 'Ид');
    const property = id === undefined ? undefined : classifier.properties.get(id);
    const values = children(given, 'Значение').flatMap(({ text }) => reference(text.trim()) ?? []);
    if (values.length > 0 && property === undefined) warnings.push(issueOf('attributes', id, 'onec-property', { id: id ?? '' }));
    if (property === undefined) continue;
    for (const text of values) {
      const value = valueOf(text, property);
      if (value === undefined) warnings.push(issueOf(`attributes.${property.name}`, text, 'onec-value', { property: property.name }));
      else if (value !== NOT_FILLED) attributes.add(property.name, value);
    }
  }
  for (const given of listed(element, 'ХарактеристикиТовара', 'ХарактеристикаТовара')) {
    const name = saidBy(given, 'Наименование');
    const value = saidBy(given, 'Значение');
    if (name !== undefined && value !== undefined) attributes.add(name, value);
  }
  return attributes.record();
}

const NOT_FILLED = Symbol('not filled in');
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Undefined for a reference to a value that the set does not hold. */
function valueOf(text: string, { kind, values }: { readonly kind: string; readonly values: ReadonlyMap<string, string> }): AttributeValue | typeof NOT_FILLED | undefined {
  const known = values.get(text);
  if (known !== undefined) return known;
  if (kind === 'dictionary' && GUID.test(text)) return undefined;
  if (kind === 'number' && /\d/.test(text)) {
    const value = onecNumber(text);
    return value === undefined ? (/^[-\d\s.,\u00a0]+$/.test(text) ? NOT_FILLED : text) : { value };
  }
  if (kind === 'yes-no' && (text === 'true' || text === 'false')) return text === 'true';
  return /^0001-01-01T00:00:00/.test(text) ? NOT_FILLED : text;
}
