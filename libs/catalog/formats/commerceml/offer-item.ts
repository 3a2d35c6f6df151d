import type { Money } from '#kernel';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import { parsePieces } from '../decimal.js';
import { children, listed, saidBy, textOf, type XmlElement } from '../xml/xml-element.js';
import { barcodesOf, isDeleted, itemId } from './catalog-item.js';
import { currencyCode, reference, unitPrice } from './onec-values.js';
import type { PriceChoice } from './price-choice.js';

/** One `<Предложение>` of a package of offers: what it says of prices and stock, and of a variant. */
export interface OfferItem {
  readonly place: string;
  /** "product" or "product#variant". */
  readonly id: string;
  readonly deleted: boolean;
  readonly title?: string;
  readonly article?: string;
  readonly barcodes: readonly string[];
  /** What the variant differs by, in the order of the file. */
  readonly characteristics: readonly (readonly [name: string, value: string])[];
  readonly price?: Money;
  /** Pieces by warehouse; "main" where 1C tells only the sum. */
  readonly stock?: Readonly<Record<string, number>>;
  readonly pictures: readonly string[];
  readonly warnings: readonly ValidationIssue[];
}

const TOTAL = 'main';

/** `warehouses`: in a full package a warehouse that is declared and not named by the offer holds nothing of it. */
export function offerItem(element: XmlElement, place: string, prices: PriceChoice, warehouses: readonly string[]): OfferItem | undefined {
  const id = itemId(element);
  if (id === undefined) return undefined;
  const warnings: ValidationIssue[] = [];
  const title = saidBy(element, 'Наименование');
  const article = saidBy(element, 'Артикул')?.replace(/\s+/g, ' ');
  const price = priceOf(element, prices, warnings);
  const stock = stockOf(element, warehouses, warnings);
  return {
    place,
    id,
    deleted: isDeleted(element),
    ...(title !== undefined && { title }),
    ...(article !== undefined && { article }),
    barcodes: barcodesOf(element, warnings),
    characteristics: listed(element, 'ХарактеристикиТовара', 'ХарактеристикаТовара').flatMap((one) => {
      const [name, value] = [saidBy(one, 'Наименование'), saidBy(one, 'Значение')];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
    ...(price && { price }),
    ...(stock && { stock }),
    pictures: children(element, 'Картинка').flatMap(({ text }) => (text.trim() === '' ? [] : [text.trim()])),
    warnings,
  };
}

function priceOf(element: XmlElement, prices: PriceChoice, warnings: ValidationIssue[]): Money | undefined {
  const given = listed(element, 'Цены', 'Цена');
  const chosen = given.find((price) => prices.takes(saidBy(price, 'ИдТипаЦены')));
  for (const other of given) {
    const type = prices.untold(other === chosen ? undefined : saidBy(other, 'ИдТипаЦены'));
    if (type !== undefined) warnings.push(issueOf('price', saidBy(other, 'ЦенаЗаЕдиницу'), 'onec-price-type', { type }));
  }
  const wish = given.length > 0 ? prices.untoldWish() : undefined;
  if (wish) warnings.push(issueOf('price', wish.type, 'onec-no-price-type', wish));
  const text = saidBy(chosen, 'ЦенаЗаЕдиницу');
  if (text === undefined) return undefined;
  const currency = currencyCode(saidBy(chosen, 'Валюта')) ?? prices.currencyOf(saidBy(chosen, 'ИдТипаЦены'));
  const money = unitPrice(text, saidBy(chosen, 'Коэффициент'), currency);
  // A price of nothing is a price that nobody has set.
  if (money && money.minor > 0) return money;
  warnings.push(issueOf('price', text, 'onec-price'));
  return undefined;
}

/** The sums of the warehouses are preferred to the total. Attributes up to schema 2.07, elements from 2.08 on. */
function stockOf(element: XmlElement, warehouses: readonly string[], warnings: ValidationIssue[]): Record<string, number> | undefined {
  const stock: Record<string, number> = {};
  const put = (warehouse: string, text: string | undefined): void => {
    if (text === undefined) return;
    const pieces = parsePieces(text);
    if (pieces === undefined) warnings.push(issueOf(`stock.${warehouse}`, text, 'feed-pieces'));
    else stock[warehouse] = (stock[warehouse] ?? 0) + pieces;
  };
  for (const { attributes } of children(element, 'Склад')) {
    const warehouse = reference(attributes['ИдСклада']);
    if (warehouse !== undefined) put(warehouse, attributes['КоличествоНаСкладе']);
  }
  for (const left of listed(element, 'Остатки', 'Остаток')) {
    const places = children(left, 'Склад');
    for (const place of places) put(reference(textOf(place, 'Ид')) ?? TOTAL, saidBy(place, 'Количество'));
    if (places.length === 0) put(TOTAL, saidBy(left, 'Количество'));
  }
  if (Object.keys(stock).length === 0) {
    put(TOTAL, saidBy(element, 'Количество'));
    return Object.keys(stock).length === 0 ? undefined : stock;
  }
  if (!(TOTAL in stock)) for (const warehouse of warehouses) stock[warehouse] ??= 0;
  return stock;
}
