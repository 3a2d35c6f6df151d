import type { PriceValue } from '#channels/contract';

/** A price as Wildberries holds it: whole units of the currency before the discount, and the discount in whole percent. */
export interface PriceForm {
  readonly price: number;
  readonly discount: number;
}

const HIGHEST_DISCOUNT = 99;
/** How far the struck-through price may move (percent) so that the price itself comes out right. */
const TOLERANCE = 5;

/** What a form shows to a buyer, in minor units: a whole price less whole percents is a whole number of hundredths. */
export function valueOfForm(form: PriceForm, currency: string): PriceValue {
  const price = form.price * (100 - form.discount);
  return form.discount > 0 ? { price, old: form.price * 100, currency } : { price, currency };
}

/**
 * The form nearest to a wanted price, never below it. With a struck-through price: whichever discount comes nearest to the
 * wanted price while the struck-through one stays within 5 % of what is wanted.
 */
export function formOfValue(value: Pick<PriceValue, 'price' | 'old'>): PriceForm {
  const plain: PriceForm = { price: Math.ceil(value.price / 100), discount: 0 };
  const { old } = value;
  if (old === undefined || old <= value.price) return plain;
  const forms = Array.from({ length: HIGHEST_DISCOUNT }, (_, at) => formWith(value.price, at + 1));
  const distance = (form: PriceForm) => Math.abs(form.price * 100 - old);
  const over = (form: PriceForm) => form.price * (100 - form.discount) - value.price;
  const near = forms.filter((form) => distance(form) * 100 <= old * TOLERANCE);
  if (near.length > 0) return best(near, (a, b) => over(a) - over(b) || distance(a) - distance(b));
  return best(forms, (a, b) => distance(a) - distance(b));
}

function formWith(price: number, discount: number): PriceForm {
  return { price: Math.ceil(price / (100 - discount)), discount };
}

function best(forms: readonly PriceForm[], order: (a: PriceForm, b: PriceForm) => number): PriceForm {
  return forms.reduce((left, right) => (order(right, left) < 0 ? right : left));
}

/** The form that a canonical price came from: exact for every value that `valueOfForm` made. */
export function formOfCanonical(value: PriceValue): PriceForm {
  if (value.old === undefined) return formOfValue(value);
  const price = Math.round(value.old / 100);
  return { price, discount: Math.round(100 - value.price / price) };
}
