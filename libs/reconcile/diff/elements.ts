import { fingerprint, plainText } from '#kernel';
import type { Facet, FacetValue } from '#channels/contract';
import { looseSentences, looseText, looseWords, wordRuns } from './loose-text.js';
import { wordDiff } from './word-diff.js';

/** Words in a run, and the fewest words a sentence needs, to say anything about whose text it is. */
const RUN = 6;
const TELLING_WORDS = 4;

const whole = (text: string): string => fingerprint(`whole\n${looseText(text)}`);

/** The `count` smallest digests: a fixed sample, so that two texts sharing a part tend to keep the same ones of it. */
function smallest(digests: Iterable<string>, count: number): readonly string[] {
  return [...new Set(digests)].sort().slice(0, count);
}

function sentenceDigests(text: string): readonly string[] {
  return looseSentences(text)
    .filter((sentence) => sentence.split(' ').length >= TELLING_WORDS)
    .map((sentence) => fingerprint(`sentence\n${sentence}`));
}

function runDigests(words: readonly string[]): readonly string[] {
  return words.length < RUN ? [] : wordRuns(words, RUN).map((run) => fingerprint(`run\n${run}`));
}

/**
 * Digests (signed 64-bit decimals) under which a listing's text can be found when another card shows it: the whole text,
 * and of a description up to `limit` parts (half sentences, half runs of words). Other facets have none.
 */
export function elementsOf(facet: Facet, value: FacetValue, limit = 8): readonly string[] {
  if ((facet !== 'title' && facet !== 'description') || typeof value !== 'string' || looseText(value) === '') return [];
  if (facet === 'title') return [whole(value)];
  const half = Math.ceil(limit / 2);
  return [...new Set([whole(value), ...smallest(sentenceDigests(value), half), ...smallest(runDigests(looseWords(value)), limit - half)])];
}

/**
 * What to look a drifted text up by: the whole live text and the parts of it that were not expected.
 * Digests of many listings' shared phrases are among them; `nameTextDrift` weighs that on the documents.
 */
export function lookupElements(facet: 'title' | 'description', desired: string, observed: string, limit = 64): readonly string[] {
  if (looseText(observed) === '') return [];
  if (facet === 'title') return [whole(observed)];
  const own = new Set(elementsOf(facet, desired, Number.MAX_SAFE_INTEGER));
  const inserted = wordDiff(plainText(desired), plainText(observed)).filter((span) => !span.same);
  const foreign = [...sentenceDigests(observed), ...inserted.flatMap((span) => runDigests(looseWords(span.live)))].filter((digest) => !own.has(digest));
  return [...new Set([whole(observed), ...smallest(foreign, limit)])];
}
