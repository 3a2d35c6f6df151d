import { BrokenContract, readDoc, readDocOrEmpty, readKey, readNumber, readPresentList } from '#kernel';
import type { Facet, ObservationPage, Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';
import { contentCards, goodsOf, trashedCards } from './wildberries.observe.js';
import type { OfferReader } from './wildberries.offers.js';

const CARDS_PAGE = 100;
const GOODS_PAGE = 1000;
const OFFER_FACETS: ReadonlySet<Facet> = new Set<Facet>(['status', 'price', 'stock']);

/** The two walks of the content lane, and the name of the time each is sorted by. */
export const WALKS = {
  list: { endpoint: 'cards', time: 'updatedAt' },
  trash: { endpoint: 'trashed', time: 'trashedAt' },
} as const;
export type Walk = keyof typeof WALKS;

/** Where the next page starts: after this card at this time; both empty at the beginning. */
export interface Position {
  readonly time: string;
  readonly nmId: string;
}
export const BEGINNING: Position = { time: '', nmId: '' };

export interface CardsPage {
  readonly items: readonly unknown[];
  readonly next: Position;
  readonly startedAt: number;
}

/** One page of live or trashed cards, oldest change first: a card that changes while it is walked moves ahead of the cursor, never behind it. */
export async function readCards(client: WildberriesClient, walk: Walk, from: Position, textSearch: string, run: Run): Promise<CardsPage> {
  const { endpoint, time } = WALKS[walk];
  const cursor = { limit: CARDS_PAGE, ...(from.nmId === '' ? {} : { [time]: from.time, nmID: Number(from.nmId) }) };
  const search = textSearch === '' ? {} : { textSearch };
  const settings =
    walk === 'list'
      ? { sort: { ascending: true }, filter: { withPhoto: -1, ...search }, cursor }
      : { sort: { ascending: true }, ...(textSearch === '' ? {} : { filter: search }), cursor };
  const { body, startedAt } = await client.call(endpoint, { query: { locale: 'ru' }, body: { settings } }, run);
  const doc = readDoc(body, endpoint);
  const items = readPresentList(doc['cards'], `${endpoint}.cards`);
  const told = readDocOrEmpty(doc['cursor']);
  if (readNumber(told['total'], `${endpoint}.cursor.total`) > items.length) {
    throw new BrokenContract(`${endpoint}: the page holds fewer cards than it says`, { total: told['total'], cards: items.length });
  }
  if (items.length === 0) return { items, next: from, startedAt };
  return { items, next: { time: readKey(told[time], `${endpoint}.cursor`), nmId: readKey(told['nmID'], `${endpoint}.cursor.nmID`) }, startedAt };
}

const END = 'end';

function writeCursor(walk: Walk, position: Position): string {
  return `${walk}|${position.time}|${position.nmId}`;
}

/** Throws `BrokenContract` when the text is not a cursor of ours. */
function readCursor(text: string): { readonly walk: Walk; readonly position: Position } {
  const [walk, time = '', nmId = ''] = text.split('|');
  if (walk === 'list' || walk === 'trash') return { walk, position: { time, nmId } };
  throw new BrokenContract('sweep: not a cursor of this channel', text);
}

/** All live cards, then all that lie in the trash. Only an empty page is the end: a short one may have been cut. */
export async function* sweepContent(client: WildberriesClient, resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
  if (resume === END) return;
  const start = resume === undefined ? { walk: 'list' as const, position: BEGINNING } : readCursor(resume);
  for (const walk of start.walk === 'list' ? (['list', 'trash'] as const) : (['trash'] as const)) {
    for (let position = walk === start.walk ? start.position : BEGINNING; ;) {
      const { items, next, startedAt } = await readCards(client, walk, position, '', run);
      if (items.length === 0) break;
      if (next.nmId === position.nmId && next.time === position.time) throw new BrokenContract(`${walk}: the same page came again`, next);
      const cards = items.flatMap(walk === 'list' ? contentCards : trashedCards);
      yield { source: 'cards', startedAt, cards, cursor: writeCursor(walk, next) };
      position = next;
    }
  }
}

/** Prices of all goods page by page, with the stock and the status of each. */
export async function* sweepOffers(client: WildberriesClient, offers: OfferReader, resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
  let before: ReadonlySet<string> = new Set();
  for (let offset = resume === undefined ? 0 : offsetOf(resume); ;) {
    const { body, startedAt } = await client.call('goods', { query: { limit: GOODS_PAGE, offset } }, run);
    const goods = goodsIn(body).map(goodsOf);
    if (goods.length === 0) return;
    // Goods move while they are walked by offset: some may come again, a whole page may not.
    const fresh = goods.filter((one) => !before.has(one.externalId));
    if (fresh.length === 0) throw new BrokenContract('goods: the same page came again', { offset });
    offset += goods.length;
    before = new Set(goods.map((one) => one.externalId));
    yield { source: 'offers', startedAt, cards: await offers.read(fresh, OFFER_FACETS, run), cursor: String(offset) };
  }
}

function offsetOf(cursor: string): number {
  if (!/^\d+$/.test(cursor)) throw new BrokenContract('sweep: not a cursor of this channel', cursor);
  return Number(cursor);
}

/** The goods of an answer of the price list. */
export function goodsIn(body: unknown): readonly unknown[] {
  return readPresentList(readDoc(readDoc(body, 'goods')['data'], 'goods.data')['listGoods'], 'goods.listGoods');
}
