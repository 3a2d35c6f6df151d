import { pickFacets, type CardValues, type Facet, type ObservedCard, type Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';
import { contentCard, goodsOf, trashedCard } from './wildberries.observe.js';
import type { OfferReader } from './wildberries.offers.js';
import { BEGINNING, goodsIn, readCards, type Walk } from './wildberries.sweep.js';

export interface Peeked {
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
  readonly absent: readonly string[];
}

const OFFER_FACETS: readonly Facet[] = ['status', 'price', 'stock'];
const GOODS = 1000;

/**
 * Reads named cards now. There is no filter by article, only a text search for one card, or the walk over all of them:
 * whichever takes fewer requests. Absent is what neither the live cards nor the trash know.
 */
export async function peek(client: WildberriesClient, offers: OfferReader, keys: readonly string[], facets: readonly Facet[], run: Run): Promise<Peeked> {
  const wanted = new Set(facets);
  const search = new CardSearch(client, run);
  await search.find('list', keys);
  const missing = keys.filter((key) => !search.found.has(key));
  await search.find('trash', missing);
  const found = search.found;
  if (OFFER_FACETS.some((facet) => wanted.has(facet))) await addOffers(client, offers, found, wanted, run);
  return {
    startedAt: search.startedAt ?? Date.now(),
    cards: [...found.values()].map((card) => ({ ...card, values: pickFacets(card.values, facets) })),
    absent: keys.filter((key) => !found.has(key)),
  };
}

/** Cards by article. `startedAt` is when the first request left. */
class CardSearch {
  readonly found = new Map<string, ObservedCard>();
  startedAt: number | undefined;

  constructor(
    private readonly client: WildberriesClient,
    private readonly run: Run,
  ) {}

  /** Walks as many pages as single searches would take requests; whoever is still missing then is searched for. */
  async find(walk: Walk, keys: readonly string[]): Promise<void> {
    const missing = new Set(keys.filter((key) => !this.found.has(key)));
    if (missing.size > 1 && (await this.walk(walk, missing, missing.size))) return;
    for (const key of [...missing]) await this.search(walk, key);
  }

  /** Answers whether the walk came to its end, so that what is still missing is not there. */
  private async walk(walk: Walk, missing: Set<string>, pages: number): Promise<boolean> {
    let position = BEGINNING;
    for (let page = 0; page < pages && missing.size > 0; page += 1) {
      const { items, next } = await this.page(walk, position, '');
      for (const item of items) this.take(walk, item, missing);
      if (items.length === 0) return true;
      position = next;
    }
    return missing.size === 0;
  }

  private async search(walk: Walk, key: string): Promise<void> {
    const missing = new Set([key]);
    for (let position = BEGINNING; missing.size > 0;) {
      const { items, next } = await this.page(walk, position, key);
      if (items.length === 0) return;
      for (const item of items) this.take(walk, item, missing);
      position = next;
    }
  }

  private async page(walk: Walk, from: typeof BEGINNING, text: string) {
    const page = await readCards(this.client, walk, from, text, this.run);
    this.startedAt ??= page.startedAt;
    return page;
  }

  private take(walk: Walk, item: unknown, missing: Set<string>): void {
    const card = walk === 'list' ? contentCard(item) : trashedCard(item);
    if (!missing.delete(card.key)) return;
    this.found.set(card.key, walk === 'list' ? { ...card, document: item } : card);
  }
}

async function addOffers(client: WildberriesClient, offers: OfferReader, found: Map<string, ObservedCard>, wanted: ReadonlySet<Facet>, run: Run): Promise<void> {
  const ids = [...found.values()].map((card) => Number(card.externalId));
  for (let at = 0; at < ids.length; at += GOODS) {
    const { body } = await client.call('goodsByIds', { body: { nmList: ids.slice(at, at + GOODS) } }, run);
    for (const card of await offers.read(goodsIn(body).map(goodsOf), wanted, run)) {
      const known = found.get(card.key);
      if (known !== undefined) found.set(card.key, { ...known, values: merged(known.values, card.values) });
    }
  }
}

/** Values of two reads of one card; of each of its offers too. */
function merged(left: CardValues, right: CardValues): CardValues {
  if (left.offers === undefined || right.offers === undefined) return { ...left, ...right };
  const names = [...new Set([...Object.keys(left.offers), ...Object.keys(right.offers)])];
  return { ...left, ...right, offers: Object.fromEntries(names.map((name) => [name, { ...left.offers?.[name], ...right.offers?.[name] }])) };
}
