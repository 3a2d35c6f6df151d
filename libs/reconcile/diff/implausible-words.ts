import { CYRILLIC_TRIPLES, LATIN_TRIPLES } from './letter-triples.js';
import { mixesScripts, oneScript } from './scripts.js';

/** `broken`: no reader would take it for a word. `odd`: has a letter sequence not met in real words; names and typos do too. */
export type WordLook = 'fine' | 'odd' | 'broken';

interface Script {
  readonly letters: string;
  readonly triples: Buffer;
  readonly minimum: number;
  readonly brokenShare: number;
}

/** Latin words on Russian cards are mostly names, so more is forgiven. */
const CYRILLIC: Script = { letters: 'абвгдежзийклмнопрстуфхцчшщъыьэюя', triples: Buffer.from(CYRILLIC_TRIPLES, 'base64'), minimum: 4, brokenShare: 0.3 };
const LATIN: Script = { letters: 'abcdefghijklmnopqrstuvwxyz', triples: Buffer.from(LATIN_TRIPLES, 'base64'), minimum: 5, brokenShare: 0.5 };

const LONGEST_ABBREVIATION = 5;

function unseen(word: string, script: Script): number {
  const size = script.letters.length + 1;
  const numbers = [0, ...[...word].map((letter) => script.letters.indexOf(letter) + 1), 0];
  let missing = 0;
  for (let at = 0; at + 2 < numbers.length; at++) {
    const bit = ((numbers[at] ?? 0) * size + (numbers[at + 1] ?? 0)) * size + (numbers[at + 2] ?? 0);
    if (((script.triples[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) missing++;
  }
  return missing;
}

/** Small letters before capitals ("вЮИМХЙ", "кАрТоШка"); "iPhone", "кВт" and "AliExpress" are words. */
function hasWildCase(word: string): boolean {
  if (/^\p{Ll}\p{Lu}{3,}$/u.test(word) && /^\p{Script=Cyrillic}+$/u.test(word)) return true;
  return (word.match(/\p{Ll}(?=\p{Lu})/gu) ?? []).length >= 3;
}

const UNITS = new Set('мм см м дм км г гр кг мг л мл шт вт квт в а ач ма ом гц кб мб гб тб mm cm m km g kg mg l ml pcs w kw v a ah mah hz mb gb tb'.split(' '));

export function isUnit(word: string): boolean {
  return UNITS.has(word.toLowerCase());
}

/** How many letter sequences of a Russian or Latin word are met in no real one. */
export function strangeTriples(word: string): number {
  const small = oneScript(word).toLowerCase().replace(/ё/g, 'е');
  const script = /^[а-я]+$/.test(small) ? CYRILLIC : /^[a-z]+$/.test(small) ? LATIN : undefined;
  return script ? unseen(small, script) : 0;
}

/** Looks at one run of letters; `in place` of another of the same length, short words and abbreviations are looked at too. */
export function wordLook(word: string, where: 'anywhere' | 'in place' = 'anywhere'): WordLook {
  if (word.length >= 3 && mixesScripts(word)) return 'broken';
  if (hasWildCase(word)) return 'broken';
  const isAbbreviation = word.length <= LONGEST_ABBREVIATION && word === word.toUpperCase();
  if (where === 'in place' ? word.length < 2 || isUnit(word) : isAbbreviation || word.length < 3) return 'fine';
  const small = oneScript(word).toLowerCase().replace(/ё/g, 'е');
  const script = /^[а-я]+$/.test(small) ? CYRILLIC : /^[a-z]+$/.test(small) ? LATIN : undefined;
  if (!script) {
    // Letters of neither alphabet inside: accents in a name are few, a wrong code page makes nearly all.
    const foreign = (small.match(/[\u0080-\u024f\u0402-\u040f\u0452-\u045f\u0490\u0491]/g) ?? []).length;
    return word.length >= 4 && foreign / word.length >= 0.5 ? 'broken' : foreign > 0 ? 'odd' : 'fine';
  }
  const missing = unseen(small, script);
  if (small.length >= script.minimum && missing / small.length >= script.brokenShare) return 'broken';
  return missing > 0 ? 'odd' : 'fine';
}
