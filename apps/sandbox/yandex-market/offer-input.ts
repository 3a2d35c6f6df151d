import { findLeaf, isBranch } from './categories.js';
import type { Card, FacetName } from './model.js';
import { kopecks } from './money.js';
import { badRequest } from './problem.js';
import { checkPrice } from './price-input.js';
import { parameterFaults, type ItemFault } from './parameters.js';
import type { OfferInput } from './work.js';

/** Members of an offer that `deleteParameters` clears, by their name there. */
export const DELETABLE: Readonly<Record<string, string>> = {
  ADDITIONAL_EXPENSES: 'additionalExpenses',
  ADULT: 'adult',
  AGE: 'age',
  BARCODES: 'barcodes',
  BOX_COUNT: 'boxCount',
  CERTIFICATES: 'certificates',
  COMMODITY_CODES: 'commodityCodes',
  CONDITION: 'condition',
  CUSTOMS_COMMODITY_CODE: 'customsCommodityCode',
  DESCRIPTION: 'description',
  DOWNLOADABLE: 'downloadable',
  GUARANTEE_PERIOD: 'guaranteePeriod',
  LIFE_TIME: 'lifeTime',
  MANUALS: 'manuals',
  MANUFACTURER_COUNTRIES: 'manufacturerCountries',
  PARAMETERS: 'parameterValues',
  PICTURES: 'pictures',
  PURCHASE_PRICE: 'purchasePrice',
  SHELF_LIFE: 'shelfLife',
  TAGS: 'tags',
  TYPE: 'type',
  VENDOR_CODE: 'vendorCode',
  VIDEOS: 'videos',
};

/** Members that a card keeps as they came. */
export const KEPT_AS_IS = [
  'videos',
  'manuals',
  'manufacturerCountries',
  'tags',
  'shelfLife',
  'lifeTime',
  'guaranteePeriod',
  'commodityCodes',
  'certificates',
  'boxCount',
  'condition',
  'type',
  'downloadable',
  'adult',
  'age',
  'purchasePrice',
  'additionalExpenses',
] as const;

const FACET_OF: Readonly<Record<string, FacetName>> = {
  name: 'title',
  description: 'description',
  marketCategoryId: 'category',
  pictures: 'media',
  barcodes: 'barcodes',
  weightDimensions: 'dimensions',
  vendor: 'attributes',
  vendorCode: 'attributes',
  parameterValues: 'attributes',
  ...Object.fromEntries(KEPT_AS_IS.map((name) => [name, 'attributes' as const])),
};

/** Facets of content that an offer of a request speaks of; its price has a way of its own. */
export function facetsOf(input: OfferInput): FacetName[] {
  const cleared = (input.deleteParameters ?? []).flatMap((name) => DELETABLE[name] ?? []);
  const named = [...Object.entries(input).flatMap(([name, value]) => (value === undefined || value === null ? [] : [name])), ...cleared];
  return [...new Set(named.flatMap((name) => FACET_OF[name] ?? []))];
}

/** Throws a 400 for what makes the whole request wrong. */
export function checkOffers(offers: readonly OfferInput[]): void {
  const seen = new Set<string>();
  const repeated = new Set(offers.filter(({ offerId }) => seen.size === seen.add(offerId).size).map(({ offerId }) => offerId));
  if (repeated.size > 0) throw badRequest(`Offers should have different ids. Following offers ids are repeating: ${[...repeated].join(', ')}.`);
  offers.forEach((offer, index) => {
    const both = (offer.deleteParameters ?? []).find((name) => isGiven(offer[DELETABLE[name] ?? '']));
    if (both !== undefined) throw badRequest(`Parameter '${both}' must not be deleted and passed at the same time: offerId = '${offer.offerId}'`);
    const broken = (offer.pictures ?? []).find((url) => !isWebAddress(url));
    if (broken !== undefined) throw badRequest(`'pictures' must match 'https?://.+' (rejected value: '${broken}')`);
    if (offer.basicPrice) checkPrice(offer.basicPrice, offer.offerId, index);
  });
}

/** Errors keep the whole request from being applied; warnings do not. */
export function offerFaults(card: Card | undefined, input: OfferInput): { errors: ItemFault[]; warnings: ItemFault[] } {
  const errors: ItemFault[] = [];
  const categoryId = input.marketCategoryId ?? card?.categoryId ?? 0;
  const wrong = input.marketCategoryId === undefined ? undefined : categoryFault(input.marketCategoryId);
  if (wrong) errors.push(wrong);
  else if (input.parameterValues && categoryId === 0) errors.push({ type: 'EMPTY_MARKET_CATEGORY', message: 'Не указана категория Маркета' });
  else errors.push(...parameterFaults(categoryId, input.parameterValues ?? []));
  if (!areCustomsCodes(input['commodityCodes'])) errors.push({ type: 'INVALID_COMMODITY_CODE', message: 'Некорректный товарный код' });
  const isLocked = card?.measured === true && input.weightDimensions !== undefined;
  return { errors, warnings: isLocked ? [{ type: 'LOCKED_DIMENSIONS', message: 'Габариты измерены на складе, изменить их нельзя' }] : [] };
}

export function categoryFault(id: number): ItemFault | undefined {
  if (findLeaf(id)) return undefined;
  return isBranch(id) ? { type: 'INVALID_CATEGORY', message: `Категория ${id} не листовая` } : { type: 'UNKNOWN_CATEGORY', message: `Категории ${id} нет` };
}

/** Lengths come in centimetres and weight in kilograms; kept are millimetres and grams. */
export function dimensionsOf({ length, width, height, weight }: NonNullable<OfferInput['weightDimensions']>): NonNullable<Card['dimensions']> {
  const tenth = (x: number): number => Math.round(x * 10);
  return { length: tenth(length), width: tenth(width), height: tenth(height), grams: Math.round(weight * 1000) };
}

export const priceOf = (input: NonNullable<OfferInput['basicPrice']>, at: number): NonNullable<Card['price']> => ({
  value: kopecks(input.value),
  base: kopecks(input.discountBase ?? 0),
  minimum: kopecks(input.minimumForBestseller ?? 0),
  at,
});

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function isWebAddress(url: string): boolean {
  return /^https?:\/\/\S+$/i.test(url) && URL.canParse(url);
}

function areCustomsCodes(codes: unknown): boolean {
  if (!Array.isArray(codes)) return true;
  return codes.every(({ code, type }: { code: string; type: string }) => (type === 'CUSTOMS_COMMODITY_CODE' ? /^\d{10}(\d{4})?$/.test(code) : /^\d{17}$/.test(code)));
}
