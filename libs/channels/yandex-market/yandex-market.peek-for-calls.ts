import { readDoc, readDocOrEmpty, readKey } from '#kernel';
import type { CardValues, Facet, ObservedCard, Run } from '#channels/contract';
import { type CardDocument, floorOf, priceOwner } from './yandex-market.card-document.js';
import { identityOf, ownParameters, priceOf, categoryOf } from './yandex-market.observe.js';
import { readNamed } from './yandex-market.paging.js';
import { type Reading, readCards } from './yandex-market.sweep.js';

/** Cards that one list alone told enough of, by their articles. */
export interface Told {
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
}

const ARTICLES = 200;
const PRICE: ReadonlySet<Facet> = new Set<Facet>(['price']);
const NO_REPORTS = { quarantine: new Map(), troubles: new Map() } as const;

/** What a change of characteristics needs to know: it lies with the cards, whose category Market must have decided. */
export async function documentsAlone(reading: Reading, keys: readonly string[], run: Run): Promise<Told> {
  const owner = priceOwner(await reading.cabinet.get(run));
  const { cards, startedAt } = await readCards(reading, keys, run);
  const told = [...cards].flatMap(([key, card]): ObservedCard[] => {
    const offer = { key, offer: {}, mapping: readDocOrEmpty(card['mapping']) };
    const categoryId = categoryOf(offer);
    const document: CardDocument = { categoryId, parameters: ownParameters(card), priceOf: owner };
    return categoryId === '' ? [] : [{ ...identityOf(offer), values: {}, document }];
  });
  return { startedAt, cards: told };
}

/** What a change of prices needs to know: the price, and the floor that the change has to name again. */
export async function pricesAlone(reading: Reading, keys: readonly string[], run: Run): Promise<Told> {
  const cabinet = await reading.cabinet.get(run);
  const owner = priceOwner(cabinet);
  const name = owner === 'store' ? 'campaignOffers' : 'defaultPrices';
  const { items, startedAt } = await readNamed(reading.client, name, { list: 'offers', ids: await reading.offers.ids(run), most: ARTICLES }, keys, run);
  const cards = items.map((item): ObservedCard => {
    const offer = readDoc(item, `${name}.offers`);
    const key = readKey(offer['offerId'], `${name}.offerId`);
    const document: CardDocument = { priceOf: owner, ...(owner === 'store' ? {} : floorOf(offer, cabinet)) };
    const common = priceOf(offer['price'], 'offer prices.price');
    const values: CardValues = owner === 'store' ? reading.offers.values(offer, PRICE, cabinet, NO_REPORTS) : common === undefined ? {} : { price: common };
    return { key, externalId: key, ids: {}, values, document };
  });
  return { startedAt, cards };
}
