import { BrokenContract, readDoc, readDocOrEmpty, readFlag, readKey, readList, readPresentList, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';

/** A card, or a change to one, that Wildberries took with 200 and then could not apply. `at`: its clock, ms. */
export interface Draft {
  readonly at: number;
  readonly errors: readonly string[];
}

const PAGE = 100;

/**
 * Failed drafts by article, newest first of each. `since` (account clock, ms) ends the walk early: the list is sorted by time.
 * Throws `BrokenContract` when a page repeats.
 */
export async function readDrafts(client: WildberriesClient, run: Run, since = 0): Promise<ReadonlyMap<string, Draft>> {
  const found = new Map<string, Draft>();
  for (let cursor: Record<string, unknown> = { limit: PAGE }, last = ''; ;) {
    const { body } = await client.call('drafts', { body: { cursor, order: { ascending: false } } }, run);
    const data = readDoc(readDoc(body, 'drafts')['data'], 'drafts.data');
    const batches = readPresentList(data['items'], 'drafts.items').map((value) => readDoc(value, 'drafts.items'));
    let oldest = Infinity;
    for (const batch of batches) {
      const at = timeOf(batch['updatedAt']);
      oldest = Math.min(oldest, at);
      for (const [article, errors] of Object.entries(readDocOrEmpty(batch['errors']))) {
        const known = found.get(article);
        if (known === undefined || known.at < at) found.set(article, { at, errors: readList(errors, 'drafts.errors').map(readText) });
      }
    }
    const next = readDocOrEmpty(data['cursor']);
    if (!readFlag(next['next']) || batches.length === 0 || oldest < since) return found;
    const mark = `${readText(next['updatedAt'])} ${readKey(next['batchUUID'], 'drafts.cursor')}`;
    if (mark === last) throw new BrokenContract('drafts: the same page came again', next);
    last = mark;
    cursor = { limit: PAGE, updatedAt: next['updatedAt'], batchUUID: next['batchUUID'] };
  }
}

function timeOf(value: unknown): number {
  const at = Date.parse(readText(value));
  if (Number.isNaN(at)) throw new BrokenContract('drafts.updatedAt: expected a time', value);
  return at;
}
