import { nameForm } from '#kernel';

/** Titles that name other sizes, volumes or models are of other goods, however alike the rest of their words. */
const OTHER_NUMBERS = 0.6;

/**
 * How alike two titles are, 0 to 1: the share of words they have in common, wherever these stand.
 * Words count by their beginning, so that a case ending makes no difference; numbers count whole.
 */
export function titleLikeness(left: string, right: string): number {
  const a = wordsOf(left);
  const b = wordsOf(right);
  if (a.words.size === 0 || b.words.size === 0) return 0;
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
  const alike = (2 * shared) / (a.words.size + b.words.size);
  return sameNumbers(a.numbers, b.numbers) ? alike : alike * OTHER_NUMBERS;
}

/** The words of a title as they are compared, the longest first: what a search begins with. */
export function tellingWords(title: string, most: number): string[] {
  return [...new Set(nameForm(title).match(/[\p{L}\p{N}]{3,}/gu) ?? [])].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, most);
}

const STEM = 5;

function wordsOf(title: string): { readonly words: ReadonlySet<string>; readonly numbers: ReadonlySet<string> } {
  const words = new Set<string>();
  const numbers = new Set<string>();
  for (const word of nameForm(title).match(/\d+(?:[.,]\d+)?|[\p{L}\p{N}]+/gu) ?? []) {
    if (/\d/.test(word)) numbers.add(word.replace(',', '.'));
    words.add(/\d/.test(word) ? word.replace(',', '.') : word.slice(0, STEM));
  }
  return { words, numbers };
}

/** One title may leave a number out; it must not name another. */
function sameNumbers(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const [few, many] = left.size <= right.size ? [left, right] : [right, left];
  return [...few].every((number) => many.has(number));
}
