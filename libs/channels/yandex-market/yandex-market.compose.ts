import { type Diagnostic, Refused, Unsupported, measureOf, numberText, sendId } from '#kernel';
import type { AttributeValue, Dimensions, FacetValues, PriceValue, PushItem, References } from '#channels/contract';
import { amountOf, codeOf } from './yandex-market.money.js';
import { VENDOR, unitOf } from './yandex-market.normalise.js';
import { priceFor } from './yandex-market.price-rules.js';
import type { CardDocument } from './yandex-market.peek.js';
import { type Parameter, referenceKey } from './yandex-market.references.js';

/** Calls that change something; stock goes by whichever version serves the warehouse. */
export type WriteCall = 'updateOffers' | 'updateContent' | 'archive' | 'unarchive' | 'show' | 'commonPrices' | 'storePrices' | 'confirmPrices' | 'confirmStorePrices' | 'stocks';

/** What is sent for one card, and by which call: some operations have several. */
export interface Body {
  readonly call: WriteCall;
  readonly item: unknown;
}

/** Market's codes of VAT, by percent. 20 % is refused since July 2026. */
const VAT: Readonly<Record<number, number>> = { 0: 5, 5: 10, 7: 11, 10: 2, 22: 14 };

/** Without these there is no new card, beside its category. */
const NEEDED = {
  title: 'yandex-market.no-title',
  description: 'yandex-market.description-required',
  media: 'yandex-market.no-pictures',
  dimensions: 'yandex-market.no-dimensions',
} as const;

/** Throws `Refused` when something the call cannot do without is missing, `Unsupported` for an unknown operation. */
export function compose(operation: string, item: PushItem, references: References = () => undefined): Body {
  const document = item.document as CardDocument | undefined;
  switch (operation) {
    case 'card':
      return { call: 'updateOffers', item: { offer: wholeOffer(item, references) } };
    case 'offer':
      return { call: 'updateOffers', item: { offer: { offerId: item.key, ...textsAndSizes(item) } } };
    case 'barcodes':
      return { call: 'updateOffers', item: { offer: { offerId: item.key, barcodes: allBarcodes(item) } } };
    case 'characteristics':
      return characteristics(item, document?.categoryId ?? missing('attributes', 'yandex-market.not-read'));
    case 'prices':
      return priceBody(item, document ?? missing('price', 'yandex-market.not-read'), item.values.price ?? missing('price', 'yandex-market.no-price'));
    case 'stocks':
      return { call: 'stocks', item: stockOf(item) };
    case 'archive':
    case 'unarchive':
      return { call: operation, item: item.key };
    case 'release':
      return release(item, document ?? missing('status', 'yandex-market.not-read'));
    default:
      throw new Unsupported(`Yandex Market has no operation "${operation}"`);
  }
}

/** The offer with its category, and everything that is to change of it but its price; a new one must have all of that but barcodes. */
function wholeOffer(item: PushItem, references: References): unknown {
  const { values, carry, product } = item;
  const creates = item.document === undefined;
  const category = values.category ?? carry.category ?? missing('category', 'yandex-market.no-category');
  if (creates) for (const [facet, code] of Object.entries(NEEDED)) if (values[facet as keyof typeof NEEDED] === undefined) missing(facet, code);
  const barcodes = values.barcodes === undefined ? [] : allBarcodes(item);
  return {
    offerId: item.key,
    marketCategoryId: sendId(category),
    ...textsAndSizes(item),
    ...(barcodes.length === 0 ? {} : { barcodes }),
    ...(creates && product?.country !== undefined && product.country !== '' ? { manufacturerCountries: [product.country] } : {}),
    ...characteristicsIn(item, category, references),
  };
}

/** Brand and characteristics of the category, ours laid over the live ones; nothing when they are to stay as they are. */
function characteristicsIn(item: PushItem, category: string, references: References): Readonly<Record<string, unknown>> {
  const wanted = item.values.attributes;
  if (wanted === undefined) return {};
  const attributes = withinCategory({ ...item.carry.attributes, ...wanted }, wanted, references(referenceKey.parameters(category)));
  const parameterValues = [...parametersOf(attributes), ...erased(item, attributes)];
  const vendor = attributes[VENDOR]?.[0]?.text;
  return { ...(vendor === undefined ? {} : { vendor }), ...(parameterValues.length === 0 ? {} : { parameterValues }) };
}

/** What another category left on the card has no place in this one; what we want is told to have none by Market itself. */
function withinCategory(attributes: FacetValues['attributes'], wanted: FacetValues['attributes'], schema: unknown): FacetValues['attributes'] {
  if (!Array.isArray(schema)) return attributes;
  const known = new Set((schema as readonly Parameter[]).map((parameter) => parameter.id));
  return Object.fromEntries(Object.entries(attributes).filter(([id]) => id === VENDOR || wanted[id] !== undefined || known.has(id)));
}

function textsAndSizes(item: PushItem): Readonly<Record<string, unknown>> {
  const { title, description, media, dimensions } = item.values;
  const pictures = media === undefined ? undefined : (item.mediaUrls ?? missing('media', 'yandex-market.no-public-picture'));
  const emptied = [...(description === '' ? ['DESCRIPTION'] : []), ...(pictures?.length === 0 ? ['PICTURES'] : [])];
  return {
    ...(title === undefined ? {} : { name: title }),
    ...(description === undefined || description === '' ? {} : { description }),
    ...(pictures === undefined || pictures.length === 0 ? {} : { pictures }),
    ...(dimensions === undefined ? {} : { weightDimensions: sentDimensions(dimensions) }),
    ...(emptied.length === 0 || item.document === undefined ? {} : { deleteParameters: emptied }),
  };
}

/** Centimetres and kilograms. */
function sentDimensions({ length, width, height, weight }: Dimensions): Readonly<Record<string, number>> {
  return { length: length / 10, width: width / 10, height: height / 10, weight: weight / 1000 };
}

/** Ours first, then those that others put on the card. */
function allBarcodes({ values, carry }: Pick<PushItem, 'values' | 'carry'>): readonly string[] {
  return [...new Set([...(values.barcodes ?? []), ...(carry.barcodes ?? [])])];
}

/** All characteristics of the card, ours laid over the live ones. The brand goes only with the offer itself. */
function characteristics(item: PushItem, category: string): Body {
  const wanted = item.values.attributes ?? missing('attributes', 'yandex-market.no-attributes');
  const live = item.carry.attributes ?? {};
  const attributes = { ...live, ...wanted };
  const parameterValues = [...parametersOf(attributes), ...erased(item, attributes)];
  const vendor = wanted[VENDOR]?.[0]?.text;
  if (vendor !== undefined && vendor !== live[VENDOR]?.[0]?.text) {
    const more = parameterValues.length === 0 ? {} : { marketCategoryId: sendId(category), parameterValues };
    return { call: 'updateOffers', item: { offer: { offerId: item.key, vendor, ...more } } };
  }
  if (parameterValues.length === 0) missing('attributes', 'yandex-market.no-attributes');
  return { call: 'updateContent', item: { offerId: item.key, categoryId: sendId(category), parameterValues } };
}

interface ParameterValue {
  readonly parameterId: number | string;
  readonly valueId?: number | string;
  readonly unitId?: number | string;
  readonly value: string;
}

function parametersOf(attributes: FacetValues['attributes']): readonly ParameterValue[] {
  return Object.entries(attributes)
    .filter(([id]) => id !== VENDOR)
    .flatMap(([id, values]) => values.map((value) => ({ parameterId: sendId(id), ...sentValue(value) })));
}

function sentValue(value: AttributeValue): Omit<ParameterValue, 'parameterId'> {
  const unit = unitOf(value);
  if (unit !== undefined) return { unitId: sendId(unit), value: plainNumber(value.text) };
  return value.id === undefined ? { value: value.text } : { valueId: sendId(value.id), value: value.text };
}

function plainNumber(text: string): string {
  const measure = measureOf(text);
  return measure === undefined ? text : numberText(measure.value);
}

/** An empty value takes a characteristic off the card. */
function erased(item: PushItem, attributes: FacetValues['attributes']): readonly ParameterValue[] {
  return (item.dropAttributes ?? []).filter((id) => /^\d+$/.test(id) && attributes[id] === undefined).map((id) => ({ parameterId: sendId(id), value: '' }));
}

function sentPrice(price: PriceValue): Readonly<Record<string, number | string>> {
  const money = (minor: number) => amountOf({ minor, currency: price.currency });
  return { value: money(price.price), currencyId: codeOf(price.currency), ...(price.old === undefined ? {} : { discountBase: money(price.old) }) };
}

function priceBody(item: PushItem, document: CardDocument, price: PriceValue): Body {
  const { product } = item;
  if (document.priceOf === 'store') {
    const vat = product?.vat === undefined ? undefined : VAT[product.vat];
    return { call: 'storePrices', item: { offerId: item.key, price: { ...sentPrice(price), ...(vat === undefined ? {} : { vat }) } } };
  }
  const floor = product?.minPrice?.minor ?? document.promotionFloor;
  const minimum = floor === undefined ? {} : { minimumForBestseller: amountOf({ minor: floor, currency: price.currency }) };
  return { call: 'commonPrices', item: { offerId: item.key, price: { ...sentPrice(price), ...minimum } } };
}

interface StockRow {
  readonly sku: string;
  readonly warehouse: string;
  readonly count: number;
}

function stockOf({ key, values }: PushItem): StockRow {
  const [row] = Object.entries(values.stock ?? missing('stock', 'yandex-market.no-stock'));
  if (row === undefined) return missing('stock', 'yandex-market.no-stock');
  return { sku: key, warehouse: row[0], count: row[1] };
}

/** What was hidden by hand is shown; a price that waits is confirmed when it is ours, else ours is sent again. */
function release(item: PushItem, document: CardDocument): Body {
  if (document.storeStatus === 'DISABLED_BY_PARTNER') return { call: 'show', item: { offerId: item.key } };
  const { price } = priceFor(item.product ?? {});
  if (document.quarantinedPrice === undefined || price === undefined) return missing('status', 'yandex-market.nothing-to-release');
  if (document.quarantinedPrice === price.price) return { call: document.priceOf === 'store' ? 'confirmStorePrices' : 'confirmPrices', item: item.key };
  return priceBody(item, document, price);
}

function missing(path: string, code: string): never {
  const diagnostics: readonly Diagnostic[] = [{ severity: 'error', path, code }];
  throw new Refused(`Nothing to send: ${code}`, diagnostics);
}
