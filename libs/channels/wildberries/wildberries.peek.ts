import { pickFacets, type Facet, type ObservedCard, type Run } from '#channels/contract';
import { CardSearch } from './wildberries.card-search.js';
import type { WildberriesClient } from './wildberries.client.js';
import { goodsOf } from './wildberries.observe.js';
import type { OfferReader } from './wildberries.offers.js';
import { goodsIn } from './wildberries.sweep.js';

export interface Peeked {
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
  readonly absent: readonly string[];
}

const OFFER_FACETS: readonly Facet[] = ['status', 'price', 'stock'];
const GOODS = 1000;

/**
 * Reads named cards now. There is no filter by article, only a text search for one card, or the walk over all of them:
 * whichever takes fewer requests. Absent is what neither the live cards nor the trash know: a card, or a size of one.
 */
export async function peek(client: WildberriesClient, offers: OfferReader, keys: readonly string[], facets: readonly Facet[], run: Run): Promise<Peeked> {
  const wanted = new Set(facets);
  const search = new CardSearch(client, run);
  await search.find('list', keys);
  await search.find('trash', keys);
  const found = search.found;
  if (OFFER_FACETS.some((facet) => wanted.has(facet))) await addOffers(client, offers, found, wanted, run);
  return {
    startedAt: search.startedAt ?? Date.now(),
    cards: [...found.values()].map((card) => ({ ...card, values: pickFacets(card.values, facets) })),
    absent: keys.filter((key) => !found.has(key)),
  };
}

/** Prices, stock and status of what was found: the sizes of both reads meet by their id. */
async function addOffers(client: WildberriesClient, offers: OfferReader, found: Map<string, ObservedCard>, wanted: ReadonlySet<Facet>, run: Run): Promise<void> {
  const ids = [...new Set([...found.values()].map((card) => Number(card.externalId)))];
  for (let at = 0; at < ids.length; at += GOODS) {
    const { body } = await client.call('goodsByIds', { body: { nmList: ids.slice(at, at + GOODS) } }, run);
    const bySize = new Map((await offers.read(goodsIn(body).map(goodsOf), wanted, run)).map((card) => [placeOf(card), card]));
    for (const [key, card] of found) {
      const own = bySize.get(placeOf(card));
      if (own !== undefined) found.set(key, { ...card, ids: { ...card.ids, ...own.ids }, values: { ...card.values, ...own.values } });
    }
  }
}

const placeOf = ({ externalId, ids }: ObservedCard): string => `${externalId}/${ids['chrt'] ?? ''}`;
