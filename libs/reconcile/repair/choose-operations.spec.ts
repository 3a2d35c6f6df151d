import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Facet, WriteOperation } from '#channels/contract';
import { chooseOperations, type Choice } from './choose-operations.js';

const operation = (id: string, writes: readonly Facet[], replaces: readonly Facet[], over: Partial<WriteOperation> = {}): WriteOperation => ({
  id,
  writes,
  replaces,
  creates: false,
  batch: 100,
  costs: [],
  settleMs: 1,
  moderates: false,
  immediate: true,
  ...over,
});
const CARD: readonly Facet[] = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'price'];
const OPERATIONS = [
  operation('stocks', ['stock'], ['stock'], { when: 'listed' }),
  operation('prices', ['price'], ['price'], { when: 'listed' }),
  operation('pictures', ['media'], ['media'], { when: 'listed' }),
  operation('texts', ['title', 'description', 'attributes'], [], { when: 'listed' }),
  operation('whole', CARD, CARD, { creates: true, partly: ['price'] }),
  operation('back', ['presence'], ['presence'], { when: 'archived' }),
];
const choose = (sendable: readonly Facet[], over: Partial<Choice> = {}) =>
  chooseOperations(OPERATIONS, { sendable: new Set(sendable), busy: new Set(), blocked: new Set(), presence: 'listed', exists: true, ...over }).map(
    ({ operation: { id }, facets }) => [id, [...facets].sort()],
  );

describe('choosing calls', () => {
  it('takes the narrowest that do', () => {
    expect(choose(['title', 'price', 'stock'])).toEqual([
      ['stocks', ['stock']],
      ['prices', ['price']],
      ['texts', ['title']],
    ]);
  });

  it('takes everything along when a whole-card call is needed anyway', () => {
    expect(choose(['dimensions', 'title', 'media', 'stock'])).toEqual([
      ['whole', ['dimensions', 'media', 'title']],
      ['stocks', ['stock']],
    ]);
  });

  it('never makes a call for the sake of what it sets in part', () => {
    expect(choose(['price'], { presence: 'unknown' })).toEqual([]);
    expect(choose(['dimensions', 'price'])).toEqual([['whole', ['dimensions', 'price']]]);
  });

  it('leaves what overlaps a call in flight', () => {
    expect(choose(['dimensions', 'stock'], { busy: new Set(['title']) })).toEqual([['stocks', ['stock']]]);
    expect(choose(['title'], { busy: new Set(CARD) })).toEqual([]);
  });

  it('takes the whole-card call to remove what the narrow one can only add, and lets the rest ride along', () => {
    const adding = OPERATIONS.map((one) => (one.id === 'texts' ? { ...one, onlyAdds: ['attributes'] as const } : one));
    const chosen = (removes: readonly Facet[]) =>
      chooseOperations(adding, {
        sendable: new Set(['attributes', 'title']),
        busy: new Set(),
        blocked: new Set(),
        presence: 'listed',
        exists: true,
        removes: new Set(removes),
      }).map(({ operation: { id }, facets }) => [id, [...facets].sort()]);
    expect(chosen([])).toEqual([['texts', ['attributes', 'title']]]);
    expect(chosen(['attributes'])).toEqual([['whole', ['attributes', 'title']]]);
  });

  it('brings an archived card back before anything else', () => {
    expect(choose(['presence', 'title'], { presence: 'archived' })).toEqual([['back', ['presence']]]);
  });

  it('makes a card in one call, and only when nothing it needs is held back', () => {
    expect(choose(['presence', ...CARD], { presence: 'absent', exists: false })).toEqual([['whole', [...CARD.filter((facet) => facet !== 'price'), 'presence', 'status'].sort()]]);
    expect(choose(['presence', ...CARD], { presence: 'absent', exists: false, blocked: new Set(['title']) })).toEqual([]);
  });

  it('never lets two calls overlap, nor one that is busy', () => {
    const some = fc.subarray<Facet>([...CARD, 'stock', 'barcodes']);
    fc.assert(
      fc.property(some, some, (sendable, busy) => {
        const chosen = chooseOperations(OPERATIONS, { sendable: new Set(sendable), busy: new Set(busy), blocked: new Set(), presence: 'listed', exists: true });
        const sets = chosen.map((one) => [...new Set([...one.operation.replaces, ...one.facets])]);
        const all = sets.flat();
        expect(new Set(all).size).toBe(all.length);
        expect(all.filter((facet) => busy.includes(facet))).toEqual([]);
        for (const one of chosen) expect(one.facets.every((facet) => sendable.includes(facet) && one.operation.writes.includes(facet))).toBe(true);
      }),
    );
  });
});
