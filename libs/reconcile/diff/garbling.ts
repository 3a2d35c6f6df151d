import { plainText } from '#kernel';
import { brokenSigns } from './broken-signs.js';
import { isUnit, strangeTriples, wordLook } from './implausible-words.js';
import { changesScript, isSpelledAsHeard, isTransliterated, looksAlike } from './scripts.js';
import { areLettersShuffled, areWordsShuffled } from './shuffled.js';
import { wordDiff, type WordSpan } from './word-diff.js';
import { provenReadings, type Proof } from './wrong-readings.js';

/**
 * Is a text broken? `share` (0..1) is the part of what differs that is broken; `proof` names the wrong reading that turns
 * the expected text into the live one; `signs` are what a person can look for. `confidence` is between 0 and 1.
 */
export interface Garbling {
  readonly garbled: boolean;
  readonly share: number;
  readonly proof?: string;
  readonly signs: readonly string[];
  readonly confidence: number;
}

/** Fewest letters that must be proven or broken: one odd letter is a typo. */
const FEWEST_LETTERS = 2;
/** Of the letters that differ, how many must be in broken words: with a reference, and (stricter on the amount) without. */
const BROKEN_SHARE = 0.45;
const BROKEN_SHARE_ALONE = 0.3;
/** Latin words are names more often than not: this many broken letters in at least two words before they count alone. */
const FEWEST_LATIN_LETTERS = 10;
/** In a word up to this long one strange sequence is telling. */
const SHORT_WORD = 5;

interface Weighed {
  readonly letters: number;
  readonly broken: number;
  readonly brokenWords: number;
  readonly onlyLatin: boolean;
}

const letterRuns = (text: string): readonly string[] => text.match(/\p{L}+/gu) ?? [];

/** Same number of words, each as long as the one it stands for, and none of the changed ones a mere change of case. */
function keepsShape(expected: readonly string[], live: readonly string[]): boolean {
  return expected.length > 0 && expected.length === live.length && expected.every((word, at) => word.length === live[at]?.length);
}

/** A letter inside a long word replaced, its beginning and end kept: endings change in honest editing, the inside does not. */
function isPierced(expected: string, live: string): boolean {
  if (expected.length < 5 || expected.length !== live.length) return false;
  const differs = [...expected].map((letter, at) => letter.toLowerCase() !== live[at]?.toLowerCase());
  return differs.includes(true) && !differs.slice(-2).includes(true);
}

/** A sign that belongs to no word, next to a letter: it may stand for a single one. */
const HOLE = /\p{L}[?\p{S}]|[?\p{S}]\p{L}|[\p{Sk}\p{So}]|^[\p{P}\p{S}]+$/u;

/**
 * One wrong reading must explain at least two letters of all that differs; a single letter only when nothing else differs there
 * and it shows as several signs or as one that belongs to no word.
 */
function provenOver(spans: readonly WordSpan[]): Proof | undefined {
  const byReading = new Map<string, { proof: Proof; letters: number; holed: boolean }>();
  for (const span of spans) {
    for (const proof of provenReadings(span.expected, span.live)) {
      if (proof.letters < FEWEST_LETTERS && proof.explained < 1) continue;
      const sum = byReading.get(proof.reading) ?? { proof, letters: 0, holed: false };
      sum.letters += proof.letters;
      sum.holed ||= proof.explained === 1 && (proof.shown >= 2 || HOLE.test(span.live));
      if (proof.letters > sum.proof.letters) sum.proof = proof;
      byReading.set(proof.reading, sum);
    }
  }
  const convincing = [...byReading.values()].filter(({ letters, holed }) => letters >= FEWEST_LETTERS || holed);
  const best = convincing.sort((left, right) => right.letters - left.letters)[0];
  return best && { ...best.proof, letters: best.letters };
}

/** How many words of a stretch were pierced, or changed their script, each keeping its length. */
interface InPlace {
  readonly pierced: number;
  readonly scriptChanges: number;
}

function inPlaceCounts(expected: readonly string[], live: readonly string[]): InPlace {
  const count = (test: (meant: string, word: string) => boolean): number => live.filter((word, at) => word !== expected[at] && test(expected[at] ?? '', word)).length;
  return { pierced: count(isPierced), scriptChanges: count((meant, word) => changesScript(meant, word) && !isTransliterated(meant, word) && !isUnit(word)) };
}

/** `word` stands where `meant` was, letter for letter: here even what might be a name elsewhere is suspicious. */
function isBrokenInPlace(meant: string, word: string, many: InPlace): boolean {
  if (looksAlike(meant, word)) return false;
  if (areLettersShuffled(meant, word) || (many.pierced >= 2 && isPierced(meant, word))) return true;
  const strange = strangeTriples(word);
  const isTelling = strange >= 2 || (strange === 1 && word.length <= SHORT_WORD);
  if (changesScript(meant, word)) return !isUnit(word) && !isTransliterated(meant, word) && (isTelling || many.scriptChanges >= 2);
  if (!/[а-яё]/i.test(word)) return false;
  if (/[a-z]/i.test(word)) return true;
  // Another honest word may happen to be as long and have one rare sequence; what is left of the old one tells them apart.
  const kept = [...meant].filter((letter, at) => letter === word[at]).length;
  return wordLook(word, 'in place') !== 'fine' && (isTelling || kept * 3 >= word.length);
}

/** Sign for sign the same outline, with letters where figures were: no editing leaves that. */
function hasFiguresOverwritten({ expected, live }: WordSpan): boolean {
  const meant = [...expected];
  const shown = [...live];
  if (meant.length !== shown.length) return false;
  const isWordSign = (sign: string | undefined): boolean => /[\p{L}\p{N}]/u.test(sign ?? '');
  if (!meant.every((sign, at) => sign === shown[at] || (isWordSign(sign) && isWordSign(shown[at])))) return false;
  const changed = meant.filter((sign, at) => sign !== shown[at]).length;
  const overwritten = meant.some((sign, at) => /\p{N}/u.test(sign) && /\p{Ll}/u.test(shown[at] ?? ''));
  const figures = (text: string): number => (text.match(/\p{N}/gu) ?? []).length;
  const isNoText = letterRuns(live).some((word) => wordLook(word, 'in place') !== 'fine') || /\p{Ll}\p{N}/u.test(live);
  return changed >= 3 && overwritten && figures(live) < figures(expected) && isNoText;
}

function weigh(spans: readonly WordSpan[]): Weighed {
  let letters = 0;
  let broken = 0;
  let odd = 0;
  let brokenWords = 0;
  let onlyLatin = true;
  for (const span of spans) {
    if (hasFiguresOverwritten(span)) {
      const count = letterRuns(span.live).join('').length;
      letters += count;
      broken += count;
      brokenWords++;
      onlyLatin = false;
      continue;
    }
    const expected = letterRuns(span.expected);
    const live = letterRuns(span.live);
    const inPlace = keepsShape(expected, live);
    const many = inPlace ? inPlaceCounts(expected, live) : { pierced: 0, scriptChanges: 0 };
    live.forEach((word, at) => {
      const meant = inPlace ? (expected[at] ?? '') : '';
      if (meant === word || (!inPlace && expected.some((other) => isSpelledAsHeard(word, other)))) return;
      letters += word.length;
      const inPlaceBroken = inPlace && isBrokenInPlace(meant, word, many);
      const look = wordLook(word);
      if (look === 'odd') odd += word.length;
      if (look !== 'broken' && !inPlaceBroken) return;
      if (look === 'odd') odd -= word.length;
      broken += word.length;
      brokenWords++;
      if (!/^[a-z]+$/i.test(word) || inPlaceBroken) onlyLatin = false;
    });
  }
  // Next to a broken word an odd one is half a broken one.
  return { letters, broken: onlyLatin || brokenWords === 0 ? broken : broken + odd / 2, brokenWords, onlyLatin };
}

function isBroken(weighed: Weighed, hasReference: boolean): boolean {
  if (weighed.broken <= FEWEST_LETTERS) return false;
  if (weighed.onlyLatin && (weighed.broken < FEWEST_LATIN_LETTERS || weighed.brokenWords < 2)) return false;
  const share = weighed.broken / weighed.letters;
  return hasReference ? share >= BROKEN_SHARE : share >= BROKEN_SHARE_ALONE && weighed.brokenWords >= 2;
}

/**
 * Judges `text`, live on a channel, against the text that should be there. With a reference only what differs from it can be
 * broken, and a wrong reading is proven by making it again; without one only strong evidence counts.
 */
export function garbling(text: string, reference?: string): Garbling {
  const live = plainText(text);
  const expected = plainText(reference ?? '');
  if (live === expected || live === '') return { garbled: false, share: 0, signs: [], confidence: 1 };

  const spans = (reference === undefined ? [{ same: false, expected: '', live }] : wordDiff(expected, live)).filter((span) => !span.same && span.live !== '');
  const signs = [...brokenSigns(text, reference ?? '')];
  const proof = reference === undefined ? undefined : provenOver(spans);
  const weighed = weigh(spans);
  const share = weighed.letters === 0 ? 0 : weighed.broken / weighed.letters;

  if (proof) return { garbled: true, share: Math.max(share, proof.explained), proof: proof.reading, signs, confidence: 1 };
  if (signs.length > 0) return { garbled: true, share: Math.max(share, weighed.letters === 0 ? 1 : share), signs, confidence: 0.95 };
  if (reference !== undefined && areWordsShuffled(expected.split(' '), live.split(' '))) {
    return { garbled: true, share: 1, signs: ['words shuffled'], confidence: 0.8 };
  }
  const garbled = isBroken(weighed, reference !== undefined);
  return { garbled, share: garbled ? share : 0, signs: garbled ? ['words that are no words'] : [], confidence: garbled ? Math.min(0.95, 0.6 + share / 3) : 1 - share };
}
