import { plainText } from '#kernel';
import { lookupElements } from './elements.js';
import { garbling, type Garbling } from './garbling.js';
import type { DriftPartner, NamedDrift } from './kinds.js';
import { looseText, looseWords, wordRuns } from './loose-text.js';
import { wordDiff } from './word-diff.js';

/** Another listing that may own what is shown, with the text it should have (title or description, as the facet asks). */
export interface TextOwner extends DriftPartner {
  readonly text: string;
}

export interface TextQuestion {
  readonly facet: 'title' | 'description';
  readonly desired: string;
  readonly observed: string;
  /** Listings indexed under any of these digests (see `elementsOf`); the drifted listing itself is not among them. */
  readonly owners: (elements: readonly string[]) => readonly TextOwner[];
  /** Earlier texts of the same listing. */
  readonly olderOwn?: readonly { readonly revision: number; readonly text: string }[];
}

export interface NamedTextDrift extends NamedDrift {
  readonly garbling?: Garbling;
}

/** A run of words this long in common is no coincidence; what differs must offer a few of them to name an owner by a part. */
const RUN = 3;
const FEWEST_RUNS = 6;
const OWNED_SHARE = 0.8;
/** A part found in more different texts than this is a phrase of the trade, not anybody's text. */
const MOST_TEXTS = 3;
/** Channels cut long texts: a live text that is the beginning of a candidate's, and most of it, is that text. */
const CUT_SHARE = 0.6;
const FEWEST_CUT_LETTERS = 40;

function isCutFrom(observed: string, candidate: string): boolean {
  return observed.length >= FEWEST_CUT_LETTERS && candidate.startsWith(observed) && observed.length >= candidate.length * CUT_SHARE;
}

/** Runs of words that were put in, without those the own text has too. */
function insertedRuns(desired: string, observed: string): readonly string[] {
  const own = new Set(wordRuns(looseWords(desired), RUN));
  return wordDiff(plainText(desired), plainText(observed))
    .filter((span) => !span.same)
    .flatMap((span) => wordRuns(looseWords(span.live), RUN))
    .filter((run) => run !== '' && !own.has(run));
}

interface Owned {
  readonly partners: readonly DriftPartner[];
  readonly confidence: number;
}

interface Candidate {
  readonly partner: DriftPartner;
  readonly loose: string;
}

function ownersOfPart(question: TextQuestion, candidates: readonly Candidate[]): Owned | undefined {
  if (question.facet === 'title' || candidates.length === 0) return undefined;
  const runs = insertedRuns(question.desired, question.observed);
  if (runs.length < FEWEST_RUNS) return undefined;
  const rated = candidates
    .map(({ partner, loose }) => {
      const theirs = ` ${loose} `;
      return { partner, loose, share: runs.filter((run) => theirs.includes(` ${run} `)).length / runs.length };
    })
    .filter(({ share }) => share >= OWNED_SHARE);
  if (rated.length === 0 || new Set(rated.map(({ loose }) => loose)).size > MOST_TEXTS) return undefined;
  const best = Math.max(...rated.map(({ share }) => share));
  return { partners: rated.filter(({ share }) => share === best).map(({ partner }) => partner), confidence: 0.6 + 0.3 * best };
}

/**
 * Whose text is it? Confirmed on the candidates' documents: first those whose text is the live one (all of them: colour
 * variants share texts), else those that hold most of what was put in. A candidate with our own text owns nothing here.
 */
function ownersOf(question: TextQuestion, desired: string, observed: string): Owned | undefined {
  if (observed === '' || observed === desired) return undefined;
  const candidates = question
    .owners(lookupElements(question.facet, question.desired, question.observed))
    .map(({ listingId, sku, text }): Candidate => ({ partner: { listingId, sku }, loose: looseText(text) }))
    .filter(({ loose }) => loose !== desired);
  const exact = candidates.filter(({ loose }) => loose === observed);
  if (exact.length > 0) return { partners: exact.map(({ partner }) => partner), confidence: 1 };
  const cut = candidates.filter(({ loose }) => isCutFrom(observed, loose));
  if (cut.length > 0) return { partners: cut.map(({ partner }) => partner), confidence: 0.9 };
  return ownersOfPart(question, candidates);
}

/**
 * Names a text that is not ours any more. In this order, each excluding the next: an earlier text of our own, another card's
 * text, a broken text, any other change. The cause is `ours-older` or `unknown`; who wrote is for the record of writes to say.
 */
export function nameTextDrift(question: TextQuestion): NamedTextDrift {
  const paths = [question.facet];
  const observed = looseText(question.observed);
  const older = question.olderOwn?.find(({ text }) => looseText(text) === observed && observed !== '');
  if (older) return { kind: 'text-changed', cause: 'ours-older', paths, confidence: 1, revision: older.revision };

  const owned = ownersOf(question, looseText(question.desired), observed);
  if (owned) return { kind: 'swapped', cause: 'unknown', paths, ...owned };

  const broken = garbling(question.observed, question.desired);
  if (broken.garbled) return { kind: 'gibberish', cause: 'unknown', paths, confidence: broken.confidence, garbling: broken };
  return { kind: 'text-changed', cause: 'unknown', paths, confidence: broken.confidence };
}
