import { BrokenContract, readDoc, readId, readList, readPresentList, readText } from '#kernel';
import type { ObservationPage, ObservedCard, Run } from '#channels/contract';
import type { OzonClient } from './ozon.client.js';
import { isNotFound } from './ozon.errors.js';
import { infoCard, listedCard } from './ozon.observe.js';
import { contentCard } from './ozon.observe-content.js';
import type { StockReader } from './ozon.stock-reading.js';

export const PAGE = 1000;
/** `ALL` is everything but the archive, so both are walked. */
const WALKS = ['ALL', 'ARCHIVED'] as const;
type Walk = (typeof WALKS)[number];

/** Reads of one page of the offers lane, in order. */
const STAGES = ['list', 'info', 'stock'] as const;
type Stage = (typeof STAGES)[number];
const OFFER_FACETS = new Set(['status', 'price'] as const);

/** Where a sweep goes on: the page that starts after `last`, from this stage on. `end` says that all is read. */
interface Cursor {
  readonly walk: Walk;
  readonly stage: Stage;
  readonly last: string;
  readonly end?: true;
}

const START: Cursor = { walk: 'ALL', stage: 'list', last: '' };

function writeCursor(cursor: Cursor): string {
  return `${cursor.end ? 'END' : cursor.walk}|${cursor.stage}|${cursor.last}`;
}

/** Throws `BrokenContract` when the text is not a cursor of ours. */
function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return START;
  const [walk, stage, ...rest] = text.split('|');
  const last = rest.join('|');
  if (walk === 'END') return { ...START, end: true };
  if (WALKS.includes(walk as Walk) && STAGES.includes(stage as Stage)) return { walk: walk as Walk, stage: stage as Stage, last };
  throw new BrokenContract('sweep: not a cursor of this channel', text);
}

/** Walks both visibilities from a cursor; `read` fetches and yields one page and says where the next one starts. */
async function* walkFrom(
  start: Cursor,
  read: (cursor: Cursor, next: (last: string) => string) => AsyncGenerator<ObservationPage, string | undefined>,
): AsyncGenerator<ObservationPage> {
  if (start.end) return;
  let cursor = start;
  for (const walk of WALKS.slice(WALKS.indexOf(start.walk))) {
    if (walk !== cursor.walk) cursor = { walk, stage: 'list', last: '' };
    const seen = new Set<string>();
    for (;;) {
      const last = yield* read(cursor, (after) => writeCursor(after === '' ? afterWalk(walk) : { walk, stage: 'list', last: after }));
      if (last === undefined || last === '') break;
      if (last === cursor.last || seen.has(last)) throw new BrokenContract(`${walk}: the same page came again`, { last_id: last });
      seen.add(last);
      cursor = { walk, stage: 'list', last };
    }
  }
}

function afterWalk(walk: Walk): Cursor {
  const next = WALKS[WALKS.indexOf(walk) + 1];
  return next === undefined ? { ...START, end: true } : { walk: next, stage: 'list', last: '' };
}

/**
 * Cards the page before did not show, each once: pages overlap when cards move while they are read. A card that comes again
 * later moved for a reason, and is looked at again; so nothing is remembered that grows with the account.
 */
function onlyNew(): (cards: readonly ObservedCard[]) => readonly ObservedCard[] {
  let before: ReadonlySet<string> = new Set();
  return (cards) => {
    const met = new Set<string>();
    const fresh = cards.filter(({ externalId }) => {
      const first = !met.has(externalId);
      met.add(externalId);
      return first && !before.has(externalId);
    });
    before = met;
    return fresh;
  };
}

export function sweepContent(client: OzonClient, resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
  const fresh = onlyNew();
  return walkFrom(readCursor(resume), async function* (cursor, next) {
    let answer;
    try {
      answer = await client.call('attributes', { filter: { visibility: cursor.walk }, limit: PAGE, last_id: cursor.last, sort_by: 'id', sort_dir: 'ASC' }, run);
    } catch (error) {
      // Ozon answers 404 past the last page.
      if (isNotFound(error)) return undefined;
      throw error;
    }
    const items = readPresentList(answer.body['result'], 'attributes.result');
    if (items.length === 0) return undefined;
    const last = readText(answer.body['last_id']);
    yield { source: 'content', startedAt: answer.startedAt, cards: fresh(items.map(contentCard)), cursor: next(last) };
    return last;
  });
}

export interface OfferReads {
  readonly stock: StockReader;
  quarantined(run: Run): Promise<ReadonlySet<string>>;
}

export async function* sweepOffers(client: OzonClient, reads: OfferReads, resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
  const quarantined = await reads.quarantined(run);
  const fresh = onlyNew();
  yield* walkFrom(readCursor(resume), async function* (cursor, next) {
    const listed = await client.call('list', { filter: { visibility: cursor.walk }, last_id: cursor.last, limit: PAGE }, run);
    const result = readDoc(listed.body['result'], 'product list.result');
    const items = readPresentList(result['items'], 'product list.items');
    if (items.length === 0) return undefined;
    const last = readText(result['last_id']);
    const cards = fresh(items.map(listedCard));
    const ids = cards.map((card) => card.externalId);
    const stage = (name: Stage) => writeCursor({ ...cursor, stage: name });

    if (cursor.stage === 'list') yield { source: 'list', startedAt: listed.startedAt, cards, cursor: stage('info') };
    if (cursor.stage !== 'stock') {
      const info = await readInfo(client, ids, quarantined, run);
      yield { source: 'info', ...info, cursor: stage('stock') };
    }
    yield { source: 'stock', ...(await reads.stock.read(ids, cards, run)), cursor: next(last) };
    return last;
  });
}

async function readInfo(
  client: OzonClient,
  ids: readonly string[],
  quarantined: ReadonlySet<string>,
  run: Run,
): Promise<{ readonly startedAt: number; readonly cards: readonly ObservedCard[] }> {
  if (ids.length === 0) return { startedAt: Date.now(), cards: [] };
  const answer = await client.call('info', { product_id: ids }, run);
  const cards = readList(answer.body['items'], 'info list.items').map((item) => infoCard(item, (id) => quarantined.has(id), OFFER_FACETS));
  return { startedAt: answer.startedAt, cards: onlyNew()(cards) };
}

/** Product ids in price quarantine: only the list filter tells. */
export async function readQuarantined(client: OzonClient, run: Run): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let last = ''; ;) {
    const answer = await client.call('list', { filter: { visibility: 'QUARANTINE' }, last_id: last, limit: PAGE }, run);
    const result = readDoc(answer.body['result'], 'product list.result');
    const items = readPresentList(result['items'], 'product list.items');
    for (const item of items) ids.add(readId(readDoc(item, 'product list')['product_id'], 'product_id'));
    const next = readText(result['last_id']);
    if (items.length === 0 || next === '') return ids;
    if (next === last) throw new BrokenContract('QUARANTINE: the same page came again', { last_id: next });
    last = next;
  }
}
