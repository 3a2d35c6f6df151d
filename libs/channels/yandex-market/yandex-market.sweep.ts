import { BrokenContract, type Doc, readDoc, readKey } from '#kernel';
import { type Facet, type ObservationPage, type ObservedCard, type Run, pickFacets } from '#channels/contract';
import type { YandexClient } from './yandex-market.client.js';
import { type Mapping, categoryOf, contentValues, identityOf, mappingOf, unitsOf } from './yandex-market.observe.js';
import type { OfferReader } from './yandex-market.offers.js';
import { type Page, readNamed, readPage } from './yandex-market.paging.js';
import type { YandexReferences } from './yandex-market.references.js';
import type { CabinetReader } from './yandex-market.cabinet.js';
import { type StockReader, stockWarehouse } from './yandex-market.stock-reading.js';

const MAPPINGS_PAGE = 100;
export const CARDS_PAGE = 200;
const OFFERS_PAGE = 200;
/** Articles for which stock is asked together: so many pages of offers, so that the fewest questions are half empty. */
const GROUP = 1000;
const OFFER_FACETS: ReadonlySet<Facet> = new Set<Facet>(['status', 'price']);

/** Offers are listed either without the archive or as the archive. */
const WALKS = { live: false, archived: true } as const;
type Walk = keyof typeof WALKS;

/** Everything that reads of an account share. */
export interface Reading {
  readonly client: YandexClient;
  readonly cabinet: CabinetReader;
  readonly offers: OfferReader;
  readonly stocks: StockReader;
  readonly references: YandexReferences;
}

const END = 'end';

function writeCursor(walk: Walk, token: string): string {
  if (token !== '') return `${walk}|${token}`;
  return walk === 'live' ? 'archived|' : END;
}

/** The n-th page of what was read together: whoever goes on there begins all of it anew, and no two pages have one cursor. */
function withinGroup(walk: Walk, token: string, n: number): string {
  return `${walk}#${n}|${token}`;
}

/** Throws `BrokenContract` when the text is not a cursor of ours. */
function readCursor(text: string): { readonly walk: Walk; readonly token: string } {
  const at = text.indexOf('|');
  const [walk] = text.slice(0, Math.max(0, at)).split('#');
  if (walk !== 'live' && walk !== 'archived') throw new BrokenContract('sweep: not a cursor of this channel', text);
  return { walk, token: text.slice(at + 1) };
}

/** Items that the walk has not shown just before, each once: lists move while they are walked. */
function onlyNew(keyOf: (item: unknown) => string): (items: readonly unknown[]) => readonly unknown[] {
  let before: ReadonlySet<string> = new Set();
  return (items) => {
    const met = new Set<string>();
    const fresh = items.filter((item) => {
      const key = keyOf(item);
      const first = !met.has(key) && !before.has(key);
      met.add(key);
      return first;
    });
    before = met;
    return fresh;
  };
}

/** All offers with their cards, then the archive. Two pages of offers are filled up with one page of cards. */
export async function* sweepContent(reading: Reading, resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
  if (resume === END) return;
  const { businessId } = await reading.cabinet.get(run);
  const start = resume === undefined ? { walk: 'live' as const, token: '' } : readCursor(resume);
  for (const walk of start.walk === 'live' ? (['live', 'archived'] as const) : (['archived'] as const)) {
    const call = { ids: { businessId }, query: { limit: MAPPINGS_PAGE }, body: { archived: WALKS[walk] } };
    const fresh = onlyNew((item) => mappingOf(item).key);
    let token = walk === start.walk ? start.token : '';
    for (let more = true; more;) {
      const start = withinGroup(walk, token, 1);
      const pages: Page[] = [];
      while (more && pages.length * MAPPINGS_PAGE < CARDS_PAGE) {
        const page = await readPage(reading.client, 'mappings', 'offerMappings', call, token, run);
        pages.push(page);
        token = page.next;
        more = token !== '';
      }
      const mappings = pages.flatMap((page) => fresh(page.items)).map(mappingOf);
      const keys = mappings.map(({ key }) => key);
      const cards = await withCards(reading, mappings, (await readCards(reading, keys, run)).cards, run);
      const startedAt = pages[0]?.startedAt ?? Date.now();
      const shown = cards.filter((one) => one.values.media !== undefined);
      // Pictures on their way have no page, and what else a card shows must not wait for them.
      yield { source: 'content', startedAt, cards: cards.map(({ values: { media: _media, ...values }, ...one }) => ({ ...one, values })), cursor: start };
      yield { source: 'media', startedAt, cards: shown.map((one) => ({ ...one, values: pickFacets(one.values, ['media']) })), cursor: writeCursor(walk, token) };
    }
  }
}

/** The cards of these articles, as `offer-cards` shows them. */
export async function readCards(reading: Reading, keys: readonly string[], run: Run): Promise<{ readonly cards: ReadonlyMap<string, Doc>; readonly startedAt: number }> {
  const ids = await reading.offers.ids(run);
  const { items, startedAt } = await readNamed(reading.client, 'cards', { list: 'offerCards', ids, most: CARDS_PAGE }, keys, run);
  const docs = items.map((value) => readDoc(value, 'offer cards'));
  return { cards: new Map(docs.map((doc) => [readKey(doc['offerId'], 'offer cards.offerId'), doc])), startedAt };
}

/** Offers and their characteristics, which lie with the cards. */
export async function withCards(reading: Reading, mappings: readonly Mapping[], cards: ReadonlyMap<string, Doc>, run: Run): Promise<readonly ObservedCard[]> {
  const names = new Map<string, string>();
  for (const mapping of mappings) {
    const card = cards.get(mapping.key);
    if (card !== undefined) await learnUnits(reading, card, mapping, names, run);
  }
  return mappings.map((mapping) => ({ ...identityOf(mapping), values: contentValues(mapping, cards.get(mapping.key), (unit) => names.get(unit) ?? '') }));
}

async function learnUnits(reading: Reading, card: Doc, mapping: Mapping, names: Map<string, string>, run: Run): Promise<void> {
  for (const unit of unitsOf(card)) {
    if (names.has(unit)) continue;
    const name = await reading.references.unitName(unit, categoryOf(mapping), run);
    if (name !== '') names.set(unit, name);
  }
}

/** Status and price of every offer in the store, with the stock of each. */
export async function* sweepOffers(reading: Reading, resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
  if (resume === END) return;
  const cabinet = await reading.cabinet.get(run);
  const warehouse = stockWarehouse(await reading.stocks.warehouses(run));
  const reports = await reading.offers.reports(run);
  const call = { ids: { campaignId: cabinet.campaignId }, query: { limit: OFFERS_PAGE }, body: {} };
  const fresh = onlyNew((item) => readKey(readDoc(item, 'campaign offers')['offerId'], 'campaign offers.offerId'));
  let token = resume === undefined ? '' : readCursor(resume).token;
  for (let more = true; more;) {
    // A walk that is resumed begins the whole group anew.
    const start = token;
    let pages = 0;
    const group: string[] = [];
    while (more && group.length < GROUP) {
      const page = await readPage(reading.client, 'campaignOffers', 'offers', call, token, run);
      const offers = fresh(page.items).map((item) => readDoc(item, 'campaign offers'));
      const cards = offers.map((offer) => card(String(offer['offerId']), reading.offers.values(offer, OFFER_FACETS, cabinet, reports)));
      group.push(...cards.map(({ key }) => key));
      token = page.next;
      more = token !== '';
      const last = (!more || group.length >= GROUP) && warehouse === undefined;
      yield { source: 'offers', startedAt: page.startedAt, cards, cursor: last ? afterGroup(token) : withinGroup('live', start, (pages += 1)) };
    }
    if (warehouse === undefined || group.length === 0) continue;
    const { amounts, startedAt } = await reading.stocks.read(group, warehouse, run);
    yield { source: 'stocks', startedAt, cards: group.map((key) => card(key, { stock: { [warehouse.id]: amounts.get(key) ?? 0 } })), cursor: afterGroup(token) };
  }
}

function afterGroup(token: string): string {
  return token === '' ? END : `live|${token}`;
}

function card(key: string, values: ObservedCard['values']): ObservedCard {
  return { key, externalId: key, ids: {}, values };
}
