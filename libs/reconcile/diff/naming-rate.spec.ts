import { describe, expect, it } from '@jest/globals';
import { plainText } from '#kernel';
import { elementsOf } from './elements.js';
import { looseText } from './loose-text.js';
import { believableCards, type BelievableCard } from './testing/believable-cards.js';
import { randomFrom } from './testing/random.js';
import { EDITORS, GARBLERS, PLACES } from './testing/text-gremlins.js';
import { nameTextDrift, type NamedTextDrift } from './text-drift.js';

type TextFacet = 'title' | 'description';
const FACETS: readonly TextFacet[] = ['title', 'description'];
const CARDS = believableCards(20261122, 300);
const STRENGTHS = [0.1, 0.2, 0.35, 0.5, 0.75, 1];
const SCRAMBLED = 100;
/** Cards that are edited or swapped; all others are there to be mixed up with. */
const TOUCHED = CARDS.slice(0, 150);
const GOAL = 0.99;
/** Random letters sometimes make what could be a word. */
const WORST_WAY = 0.98;
const named: number[] = [];
const misnamed: number[] = [];

const OWNERS = new Map<string, BelievableCard[]>();
const ownersKey = (facet: TextFacet, text: string): string => `${facet}${looseText(text)}`;
for (const card of CARDS) for (const facet of FACETS) OWNERS.set(ownersKey(facet, card[facet]), [...(OWNERS.get(ownersKey(facet, card[facet])) ?? []), card]);

const index = new Map<string, BelievableCard[]>();
for (const card of CARDS) {
  for (const facet of FACETS) for (const element of elementsOf(facet, card[facet])) index.set(`${facet}${element}`, [...(index.get(`${facet}${element}`) ?? []), card]);
}

function name(card: BelievableCard, facet: TextFacet, observed: string): NamedTextDrift {
  return nameTextDrift({
    facet,
    desired: card[facet],
    observed,
    owners: (elements) =>
      [...new Set(elements.flatMap((element) => index.get(`${facet}${element}`) ?? []))]
        .filter((other) => other !== card)
        .map((other) => ({ listingId: other.listingId, sku: other.sku, text: other[facet] })),
  });
}

/** Share of right names, with the first wrong ones to read. */
function rate(cases: readonly { readonly right: boolean; readonly story: string }[]): { readonly share: number; readonly wrong: readonly string[] } {
  const wrong = cases.filter(({ right }) => !right).map(({ story }) => story);
  return { share: 1 - wrong.length / cases.length, wrong: wrong.slice(0, 7) };
}

const changesMeaning = (before: string, after: string): boolean => plainText(before) !== plainText(after);

/**
 * One letter for another is a typo whichever way it came about; and random letters for a model code, a unit or a foreign name
 * are another code, unit or name: only what they do to Russian words can be told.
 */
function isBeyondDoubt(way: string, before: string, after: string): boolean {
  const letters = [...looseText(after)];
  if ([...looseText(before)].filter((letter, at) => letter !== letters[at]).length < 2) return false;
  if (!way.startsWith('random') && !way.startsWith('letters shuffled')) return true;
  const left = new Set(after.match(/\p{L}+/gu) ?? []);
  const lost = (before.match(/\p{L}+/gu) ?? []).filter((word) => /^[а-яё]{4,}$/i.test(word) && !left.has(word));
  return lost.length > 0;
}

describe('how often a scrambled text is named right', () => {
  it.each(Object.keys(GARBLERS))('gibberish: %s', (way) => {
    const random = randomFrom(7);
    const cases = FACETS.flatMap((facet) =>
      CARDS.slice(0, SCRAMBLED).flatMap((card) => {
        const strength = random.pick(STRENGTHS);
        const place = random.pick(Object.keys(PLACES));
        const text = plainText(card[facet]);
        const live = PLACES[place]?.(text, strength, random, (part) => GARBLERS[way]?.(part, random) ?? part) ?? text;
        if (!changesMeaning(text, live) || !isBeyondDoubt(way, text, live)) return [];
        const { kind } = name(card, facet, live);
        return [{ right: kind === 'gibberish', story: `${facet} ${place} ${String(strength)} → ${kind}: ${text.slice(0, 80)} | ${live.slice(0, 120)}` }];
      }),
    );
    const { share, wrong } = rate(cases);
    expect(cases.length).toBeGreaterThan(SCRAMBLED);
    named.push(cases.length);
    misnamed.push(cases.filter(({ right }) => !right).length);
    expect({ wrong, good: share >= WORST_WAY }).toEqual({ wrong: share >= WORST_WAY ? wrong : [], good: true });
  });

  it('gibberish over all ways', () => {
    const sum = (numbers: readonly number[]): number => numbers.reduce((left, right) => left + right, 0);
    expect(named).toHaveLength(Object.keys(GARBLERS).length);
    expect(1 - sum(misnamed) / sum(named)).toBeGreaterThanOrEqual(GOAL);
  });

  it.each(Object.keys(EDITORS))('text-changed: %s', (way) => {
    const random = randomFrom(11);
    const cases = FACETS.flatMap((facet) =>
      TOUCHED.flatMap((card) => {
        const live = EDITORS[way]?.(card[facet], random) ?? '';
        if (!changesMeaning(card[facet], live) || OWNERS.has(ownersKey(facet, live))) return [];
        const named = name(card, facet, live);
        return [{ right: named.kind === 'text-changed', story: `${facet} → ${named.kind} ${JSON.stringify(named.garbling)}: ${card[facet].slice(0, 60)} | ${live.slice(0, 120)}` }];
      }),
    );
    const { share, wrong } = rate(cases);
    expect(cases.length).toBeGreaterThan(TOUCHED.length * 1.6);
    expect({ wrong, good: share >= 0.998 }).toEqual({ wrong: share >= 0.998 ? wrong : [], good: true });
  });

  it.each(FACETS)('swapped %s: every owner of the text is named, and nobody else', (facet) => {
    const random = randomFrom(13);
    const cases = TOUCHED.flatMap((card) => {
      const other = random.pick(CARDS);
      if (looseText(other[facet]) === looseText(card[facet])) return [];
      const named = name(card, facet, other[facet]);
      const owners = (OWNERS.get(ownersKey(facet, other[facet])) ?? []).map(({ sku }) => sku);
      const partners = (named.partners ?? []).map(({ sku }) => sku);
      return [{ right: named.kind === 'swapped' && partners.sort().join() === owners.sort().join(), story: `${named.kind} ${partners.join()} for ${owners.join()}` }];
    });
    const { share, wrong } = rate(cases);
    expect({ share, wrong }).toEqual({ share: 1, wrong: [] });
  });

  it('swapped in part: half of a description is another card’s', () => {
    const random = randomFrom(17);
    const cases = TOUCHED.flatMap((card) => {
      const other = random.pick(CARDS);
      if (looseText(other.description) === looseText(card.description)) return [];
      const [mine, theirs] = [plainText(card.description), plainText(other.description)];
      const live = `${mine.slice(0, mine.indexOf(' ', mine.length / 2))} ${theirs.slice(theirs.indexOf(' ', theirs.length / 2))}`;
      const named = name(card, 'description', live);
      return [
        {
          right: named.kind === 'swapped' && (named.partners ?? []).some(({ sku }) => sku === other.sku),
          story: `${named.kind} ${JSON.stringify(named.partners)} for ${other.sku}: ${live}`,
        },
      ];
    });
    const { share, wrong } = rate(cases);
    expect({ wrong, good: share >= 0.9 }).toEqual({ wrong: share >= 0.9 ? wrong : [], good: true });
  });
});
