import { type Diagnostic, Refused, Unsupported, sendId } from '#kernel';
import type { Dimensions, PriceValue, PushItem, References } from '#channels/contract';
import type { CardDocument } from './yandex-market.card-document.js';
import { sentCharacteristics } from './yandex-market.compose-characteristics.js';
import { amountOf, codeOf } from './yandex-market.money.js';
import { priceFor } from './yandex-market.price-rules.js';

/** Calls that change something; stock goes by whichever version serves the warehouse. */
export type WriteCall = 'updateOffers' | 'archive' | 'unarchive' | 'show' | 'commonPrices' | 'storePrices' | 'confirmPrices' | 'confirmStorePrices' | 'stocks';

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
      return { call: 'updateOffers', item: { offer: wholeOffer(item, document, references) } };
    case 'offer':
      return changedOffer(item, document, references);
    case 'barcodes':
      return { call: 'updateOffers', item: { offer: { offerId: item.key, barcodes: allBarcodes(item) } } };
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
function wholeOffer(item: PushItem, document: CardDocument | undefined, references: References): unknown {
  const { values, carry, product } = item;
  const creates = document === undefined;
  const category = values.category ?? carry.category ?? missing('category', 'yandex-market.no-category');
  if (creates) for (const [facet, code] of Object.entries(NEEDED)) if (values[facet as keyof typeof NEEDED] === undefined) missing(facet, code);
  const barcodes = values.barcodes === undefined ? [] : allBarcodes(item);
  return {
    offerId: item.key,
    marketCategoryId: sendId(category),
    ...textsAndSizes(item),
    ...(barcodes.length === 0 ? {} : { barcodes }),
    ...(creates && product?.country !== undefined && product.country !== '' ? { manufacturerCountries: [product.country] } : {}),
    ...sentCharacteristics(item, creates ? undefined : (document.parameters ?? []), category, references),
  };
}

/** An empty text or list says nothing: it takes nothing off the card. */
function textsAndSizes(item: PushItem): Readonly<Record<string, unknown>> {
  const { title, description, media, dimensions } = item.values;
  const pictures = media === undefined ? undefined : (item.mediaUrls ?? missing('media', 'yandex-market.no-public-picture'));
  return {
    ...(title === undefined ? {} : { name: title }),
    ...(description === undefined || description === '' ? {} : { description }),
    ...(pictures === undefined || pictures.length === 0 ? {} : { pictures }),
    ...(dimensions === undefined ? {} : { weightDimensions: sentDimensions(dimensions) }),
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

/** What changes of the offer; of characteristics the full set. */
function changedOffer(item: PushItem, document: CardDocument | undefined, references: References): Body {
  if (item.values.attributes !== undefined && document === undefined) missing('attributes', 'yandex-market.not-read');
  const { categoryId: category = '', parameters = [] } = document ?? {};
  const characteristics = sentCharacteristics(item, parameters, category, references);
  // Market warns of characteristics that come without their category.
  const named = characteristics.parameterValues === undefined || category === '' ? {} : { marketCategoryId: sendId(category) };
  const changes = { ...named, ...textsAndSizes(item), ...characteristics };
  if (Object.keys(changes).length === 0) missing('attributes', 'yandex-market.no-attributes');
  return { call: 'updateOffers', item: { offer: { offerId: item.key, ...changes } } };
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
