import { CURRENCY } from './cabinet.js';
import { hasTooManyDigits } from './money.js';
import { badRequest } from './problem.js';
import type { PriceInput } from './work.js';

const LEAST_DISCOUNT = 5;
const MOST_DISCOUNT = 99;
const VAT_RATES = new Set([2, 5, 6, 10, 11, 14]);

/** Throws the 400 that a wrong price makes of the whole request. */
export function checkPrice(price: Partial<PriceInput>, offerId: string, index: number): void {
  const { value, currencyId, discountBase, minimumForBestseller, vat } = price;
  const where = `offerId = '${offerId}'`;
  if (value === undefined) throw badRequest(`Missing price value: ${where}`);
  if (currencyId !== undefined && currencyId !== CURRENCY) throw badRequest(`Offer at index '${index}' should not have 'currencyId' with '${currencyId}' currency`);
  for (const [field, number] of Object.entries({ value, discountBase, minimumForBestseller })) {
    if (number !== undefined && hasTooManyDigits(number)) throw badRequest(`Offer at index '${index}' should not have '${field}' with too many digits`);
  }
  if (vat !== undefined && !VAT_RATES.has(vat)) throw badRequest(`Unrecognized vat: '${vat}': ${where}`);
  if (discountBase === undefined) return;
  if (discountBase < value) throw badRequest(`discountBase is less than value: ${where}`);
  const percent = Math.round(((discountBase - value) / discountBase) * 100);
  if (percent < LEAST_DISCOUNT || percent > MOST_DISCOUNT) {
    throw badRequest(
      `Offer at index '${index}' should have valid discount value. Discount percentage must be between '${LEAST_DISCOUNT}' and '${MOST_DISCOUNT}', actual '${percent}'`,
    );
  }
}
