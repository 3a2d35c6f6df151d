import { plainText } from '#kernel';
import { brokenSigns } from './broken-signs.js';
import { wordLook } from './implausible-words.js';
import { areLettersShuffled, areWordsShuffled } from './shuffled.js';
import { wordDiff, type WordSpan } from './word-diff.js';
import { provenReading } from './wrong-readings.js';

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

/** A sign that belongs in no word stands for a single letter, and nothing else changed. */
function isHoled(live: string, explained: number): boolean {
  return explained === 1 && /\p{L}[^\p{L}\p{M}\p{N}\s\-–'’.,/+&]\p{L}/u.test(live);
}

function weigh(spans: readonly WordSpan[]): Weighed {
  let letters = 0;
  let broken = 0;
  let brokenWords = 0;
  let onlyLatin = true;
  for (const span of spans) {
    const expected = letterRuns(span.expected);
    const live = letterRuns(span.live);
    const inPlace = keepsShape(expected, live);
    const pierced = inPlace ? live.filter((word, at) => word !== expected[at] && isPierced(expected[at] ?? '', word)).length : 0;
    live.forEach((word, at) => {
      const meant = inPlace ? (expected[at] ?? '') : '';
      if (meant === word) return;
      letters += word.length;
      const look = wordLook(word);
      const sameScript = /[а-яё]/i.test(word) || /[а-яё]/i.test(meant);
      const inPlaceBroken = inPlace && sameScript && (look === 'odd' || areLettersShuffled(meant, word) || (pierced >= 2 && isPierced(meant, word)));
      if (look !== 'broken' && !inPlaceBroken) return;
      broken += word.length;
      brokenWords++;
      if (!/^[a-z]+$/i.test(word) || (inPlaceBroken && /[а-яё]/i.test(meant))) onlyLatin = false;
    });
  }
  return { letters, broken, brokenWords, onlyLatin };
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
  const proofs = spans.flatMap((span) => {
    const proof = provenReading(span.expected, span.live);
    return proof && (proof.letters >= FEWEST_LETTERS || isHoled(span.live, proof.explained)) ? [proof] : [];
  });
  const weighed = weigh(spans);
  const share = weighed.letters === 0 ? 0 : weighed.broken / weighed.letters;

  if (proofs.length > 0) {
    const best = proofs.reduce((left, right) => (right.letters > left.letters ? right : left));
    return { garbled: true, share: Math.max(share, best.explained), proof: best.reading, signs, confidence: 1 };
  }
  if (signs.length > 0) return { garbled: true, share: Math.max(share, weighed.letters === 0 ? 1 : share), signs, confidence: 0.95 };
  if (reference !== undefined && areWordsShuffled(expected.split(' '), live.split(' '))) {
    return { garbled: true, share: 1, signs: ['words shuffled'], confidence: 0.8 };
  }
  const garbled = isBroken(weighed, reference !== undefined);
  return { garbled, share: garbled ? share : 0, signs: garbled ? ['words that are no words'] : [], confidence: garbled ? Math.min(0.95, 0.6 + share / 3) : 1 - share };
}
