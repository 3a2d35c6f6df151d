import { describe, expect, it } from '@jest/globals';
import type { Facet, WriteOperation } from '#channels/contract';
import type { Work } from './find-work.js';
import { facetsToRead } from './read-before.js';

const IMPORT: WriteOperation = {
  id: 'import',
  writes: ['title', 'attributes', 'price'],
  replaces: ['title', 'attributes', 'price'],
  keeps: ['attributes'],
  creates: true,
  batch: 100,
  costs: [],
  settleMs: 60_000,
  moderates: false,
  immediate: false,
};
const PATCH: WriteOperation = { ...IMPORT, id: 'patch', replaces: [], keeps: [], creates: false };

const one = (facets: readonly Facet[], part: Partial<Work> = {}): Work => ({ listingId: '1', key: '1', facets, purpose: 'change', creates: false, ...part });
const ALL: readonly Facet[] = ['title', 'attributes', 'price'];
const EVERYTHING = [...ALL, 'presence'];

describe('what is read before a call', () => {
  it.each([
    { reason: 'nothing where nothing is replaced', operation: PATCH, work: [one(['title'])], facets: undefined },
    { reason: 'nothing where all of it is set', operation: { ...IMPORT, keeps: [] }, work: [one(ALL)], facets: undefined },
    { reason: 'what is set and may hold parts of others', operation: IMPORT, work: [one(ALL)], facets: ['attributes'] },
    { reason: 'what any of the cards does not set', operation: IMPORT, work: [one(ALL), one(['title', 'attributes'])], facets: ['attributes', 'price'] },
    { reason: 'all that is replaced where the whole card goes back', operation: { ...IMPORT, needsDocument: true as const }, work: [one(ALL)], facets: ALL },
    { reason: 'everything before a repair: it may have ended by itself', operation: IMPORT, work: [one(['title'], { purpose: 'repair' })], facets: EVERYTHING },
    { reason: 'everything before a creation: unknown is not absent', operation: IMPORT, work: [one(ALL, { creates: true })], facets: EVERYTHING },
  ])('is $reason', ({ operation, work, facets }) => expect(facetsToRead(operation, work)).toEqual(facets));
});
