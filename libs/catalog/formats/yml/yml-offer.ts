import { parseMoney } from '#kernel';
import { barcodeFault } from '../../document/barcode.js';
import type { AttributeValue } from '../../document/product-document.js';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import type { CategoryTree } from '../category-path.js';
import { measured, parseDecimal, parsePieces } from '../decimal.js';
import { AttributeList, type ProductRow } from '../product-row.js';
import { child, children, saidBy, textOf, type XmlElement } from '../xml/xml-element.js';

/** Where a feed's maker code is kept, having no field of its own. */
export const VENDOR_CODE = 'Артикул производителя';

/** Parts of an offer that say nothing of the product itself, or are told to the channels elsewhere. */
const NOT_TAKEN = new Set(['delivery', 'delivery-options', 'pickup', 'pickup-options', 'store', 'local_delivery_cost', 'sales_notes', 'enable_auto_discounts', 'purchase_price']);

export interface FeedContext {
  readonly categories: CategoryTree;
  /** Of offers that name none. */
  readonly currency: string;
  /** Elements that were left out and told of already: once a file is enough. */
  readonly told: Set<string>;
}

type Warn = (issue: ValidationIssue) => void;

/** One `<offer>` of a YML feed as a row; `number` counts the offers of the file from 1. */
export function ymlOffer(offer: XmlElement, number: number, context: FeedContext): ProductRow {
  const warnings: ValidationIssue[] = [];
  const warn: Warn = (issue) => void warnings.push(issue);
  const patch: Record<string, unknown> = {};
  const set = (field: string, value: unknown): void => {
    if (value !== undefined) patch[field] = value;
  };

  set('title', titleOf(offer));
  set('description', saidBy(offer, 'description'));
  set('brand', saidBy(offer, 'vendor'));
  set('country', saidBy(offer, 'country_of_origin'));
  set('category', categoryOf(offer, context, warn));
  set('vat', vatOf(offer, warn));
  const currency = currencyOf(offer, context.currency);
  set('price', moneyOf(offer, 'price', currency, warn));
  set('oldPrice', moneyOf(offer, 'oldprice', currency, warn));
  set('barcodes', barcodesOf(offer, warn));
  set('weight', weightOf(offer, warn));
  set('dimensions', dimensionsOf(offer, warn));
  set('stock', stockOf(offer, warn));
  const disabled = textOf(offer, 'disabled');
  if (disabled === 'true' || disabled === 'false') patch['archived'] = disabled === 'true';
  const attributes = attributesOf(offer);
  if (attributes.size > 0) patch['attributes'] = attributes.record();
  for (const { name, text } of offer.children) {
    if (!NOT_TAKEN.has(name) || context.told.has(name)) continue;
    context.told.add(name);
    warn(issueOf(name, text.trim(), 'feed-not-taken', { element: name }));
  }

  const pictures = children(offer, 'picture').flatMap(({ text }) => (text.trim() === '' ? [] : [text.trim()]));
  const sku = offer.attributes['id']?.trim();
  const group = offer.attributes['group_id']?.trim();
  return {
    place: `offer ${number}`,
    ...(sku && { sku }),
    patch,
    ...(group && { model: { code: group, axes: [] } }),
    ...(pictures.length > 0 && { pictures: [...new Set(pictures)] }),
    warnings,
  };
}

function titleOf(offer: XmlElement): string | undefined {
  const name = saidBy(offer, 'name') ?? saidBy(offer, 'title');
  if (name !== undefined) return name;
  const named = (...parts: readonly string[]): string => parts.flatMap((part) => saidBy(offer, part) ?? []).join(' ');
  if (saidBy(offer, 'model') !== undefined) return named('typePrefix', 'vendor', 'model');
  const tour = named('worldRegion', 'country', 'region');
  return tour === '' ? undefined : tour;
}

function categoryOf(offer: XmlElement, { categories }: FeedContext, warn: Warn): string | undefined {
  const id = saidBy(offer, 'categoryId');
  if (id === undefined) return undefined;
  const path = categories.pathOf(id);
  if (path === undefined) warn(issueOf('category', id, 'feed-category', { id }));
  return path;
}

function vatOf(offer: XmlElement, warn: Warn): number | undefined {
  const text = saidBy(offer, 'vat');
  if (text === undefined) return undefined;
  const rate = /^NO_VAT$/i.test(text) ? '0' : /^VAT_(\d+)$/i.exec(text)?.[1];
  const known = rate !== undefined && ['0', '5', '7', '10', '20', '22'].includes(rate);
  if (!known) warn(issueOf('vat', text, 'feed-vat'));
  return known ? Number(rate) : undefined;
}

function currencyOf(offer: XmlElement, fallback: string): string {
  const code = saidBy(offer, 'currencyId')?.toUpperCase() ?? fallback;
  return code === 'RUR' ? 'RUB' : code;
}

function moneyOf(offer: XmlElement, name: 'price' | 'oldprice', currency: string, warn: Warn): unknown {
  const text = saidBy(offer, name);
  if (text === undefined) return undefined;
  const money = /^[A-Z]{3}$/.test(currency) ? parseMoney(text, currency) : undefined;
  if (money === undefined) warn(issueOf(name === 'price' ? 'price' : 'oldPrice', `${text} ${currency}`, 'feed-money'));
  return money;
}

function barcodesOf(offer: XmlElement, warn: Warn): readonly string[] | undefined {
  const codes = [...new Set(children(offer, 'barcode').flatMap(({ text }) => text.split(/[\s,;]+/).filter(Boolean)))];
  const good = codes.filter((barcode) => {
    const fault = barcodeFault(barcode);
    if (fault) warn(issueOf('barcodes', barcode, `barcode-${fault}`, { barcode }));
    return fault === undefined;
  });
  return good.length > 0 ? good : undefined;
}

function weightOf(offer: XmlElement, warn: Warn): number | undefined {
  const { value, issue } = measured('weight', saidBy(offer, 'weight'), 1000);
  if (issue) warn(issue);
  return value;
}

/** Length, width and height in centimetres: "20.1/20.551/22.5". */
function dimensionsOf(offer: XmlElement, warn: Warn): unknown {
  const text = saidBy(offer, 'dimensions');
  if (text === undefined) return undefined;
  const sizes = text.split(/[/xх×]/i).map((part) => measured('dimensions', part, 10));
  const [length, width, height, ...more] = sizes.map(({ value }) => value);
  if (length !== undefined && width !== undefined && height !== undefined && more.length === 0) return { length, width, height };
  warn(sizes.find(({ issue }) => issue?.code === 'table-too-large')?.issue ?? issueOf('dimensions', text, 'feed-dimensions'));
  return undefined;
}

function stockOf(offer: XmlElement, warn: Warn): unknown {
  const text = saidBy(offer, 'count');
  if (text === undefined) {
    const available = offer.attributes['available'] ?? textOf(offer, 'available');
    if (available === 'false') warn(issueOf('stock', 'available="false"', 'feed-available'));
    return undefined;
  }
  const pieces = parsePieces(text);
  if (pieces === undefined) warn(issueOf('stock.main', text, 'feed-pieces'));
  return pieces === undefined ? undefined : { main: pieces };
}

function attributesOf(offer: XmlElement): AttributeList {
  const attributes = new AttributeList();
  for (const param of children(offer, 'param')) {
    const name = param.attributes['name']?.trim();
    const text = param.text.trim();
    if (name && text !== '') attributes.add(name, paramValue(text, param.attributes['unit']));
  }
  const vendorCode = child(offer, 'vendorCode')?.text.trim();
  if (vendorCode) attributes.add(VENDOR_CODE, vendorCode);
  return attributes;
}

/** A unit, even an empty one, says that the text is a number; without it the text stays a text. */
export function paramValue(text: string, unit: string | undefined): AttributeValue {
  if (unit === undefined) return text;
  const value = parseDecimal(text);
  if (value === undefined) return unit.trim() === '' ? text : `${text} ${unit.trim()}`;
  return unit.trim() === '' ? { value } : { value, unit: unit.trim() };
}
