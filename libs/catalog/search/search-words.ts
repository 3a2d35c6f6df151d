import type { ProductDocument } from '../document/product-document.js';

/** The text whose words, in any Russian form, a product is found by. */
export function searchWords({ title, brand }: Pick<ProductDocument, 'title' | 'brand'>): string {
  return brand === undefined ? title : `${title} ${brand}`;
}

const CONSONANT = '[бвгджзклмнпрстфхцчшщ]';
const WITH_VOWEL = new RegExp(`^(.+${CONSONANT})[еёо]([кц])$`, 'iu');
const WITHOUT_VOWEL = new RegExp(`^(.+${CONSONANT})([кц])(?:а|и|у|е|о|ы|ой|ам|ами|ах|ов|ом)$`, 'iu');

/** A word and its forms that stemming takes for other words, because a vowel comes and goes before the last consonant: кружка, кружек; огурец, огурцы. */
export function wordForms(word: string): readonly string[] {
  const [, start = '', end = ''] = WITH_VOWEL.exec(word) ?? [];
  if (end !== '') return [word, `${start}${end}`];
  const [, stem = '', last = ''] = WITHOUT_VOWEL.exec(word) ?? [];
  return last === '' ? [word] : [word, `${stem}е${last}`, `${stem}о${last}`];
}
