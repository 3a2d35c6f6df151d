import { readDoc, readDocOrEmpty, readKey, type Doc } from '#kernel';
import { CONTENT_FACETS, FACETS, type CardValues, type Facet, type ObservedCard, type Run } from '#channels/contract';
import { type Mapping, categoryOf, identityOf, mappingOf, presenceOf } from './yandex-market.observe.js';
import { minorOf } from './yandex-market.money.js';
import { readNamed } from './yandex-market.paging.js';
import { stockWarehouse } from './yandex-market.stock-reading.js';
import { CARDS_PAGE, type Reading, withCards } from './yandex-market.sweep.js';

export interface Peeked {
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
  readonly absent: readonly string[];
}

/** What calls need of a live card beside its facets. */
export interface CardDocument {
  /** The category its characteristics are to be of. */
  readonly categoryId: string;
  /** Whether its price is the store's own or that of all stores. */
  readonly priceOf: 'store' | 'business';
  /** The state of the offer in the store, as Market names it; only when status was asked for. */
  readonly storeStatus?: string;
  /** A price that waits in quarantine, minor units; only when status was asked for. */
  readonly quarantinedPrice?: number;
  /** The floor for promotions that a price update erases unless it names it, minor units; only when the price was asked for. */
  readonly promotionFloor?: number;
}

const MAPPINGS = 100;
const OFFERS = 200;
const PRICES = 200;

/** Reads named cards now. `absent` only when two different methods, asked by article, both know nothing of a card. */
export async function peek(reading: Reading, keys: readonly string[], facets: readonly Facet[], run: Run): Promise<Peeked> {
  const wanted = new Set(facets);
  const cabinet = await reading.cabinet.get(run);
  const ids = { businessId: cabinet.businessId, campaignId: cabinet.campaignId };
  const listed = await readNamed(reading.client, 'mappings', { list: 'offerMappings', ids, most: MAPPINGS }, keys, run);
  const mappings = new Map(listed.items.map((item) => [mappingOf(item).key, mappingOf(item)]));
  const missing = keys.filter((key) => !mappings.has(key));
  const carded = await readNamed(reading.client, 'cards', { list: 'offerCards', ids, most: CARDS_PAGE }, missing, run);
  const known = new Set(carded.items.map((item) => readKey(readDoc(item, 'offer cards')['offerId'], 'offer cards.offerId')));

  const found = [...mappings.values()];
  const values = new Map<string, CardValues>(found.map((mapping) => [mapping.key, { presence: presenceOf(mapping) }]));
  const add = (key: string, more: CardValues) => values.set(key, { ...values.get(key), ...more });
  if (CONTENT_FACETS.some((facet) => wanted.has(facet))) for (const card of await withCards(reading, found, run)) add(card.key, card.values);
  const documents = new Map<string, CardDocument>(
    found.map((mapping) => [mapping.key, { categoryId: categoryOf(mapping), priceOf: cabinet.onlyDefaultPrice ? 'business' : 'store' }]),
  );
  if (wanted.has('status') || wanted.has('price')) await addOffers(reading, found, wanted, add, documents, run);
  if (wanted.has('stock')) await addStock(reading, found, add, run);
  return {
    startedAt: listed.startedAt,
    cards: found.map((mapping) => ({ ...identityOf(mapping), values: inOrder(values.get(mapping.key) ?? {}, wanted), document: documents.get(mapping.key) })),
    absent: missing.filter((key) => !known.has(key)),
  };
}

type Add = (key: string, more: CardValues) => unknown;

async function addOffers(reading: Reading, found: readonly Mapping[], wanted: ReadonlySet<Facet>, add: Add, documents: Map<string, CardDocument>, run: Run): Promise<void> {
  const keys = found.map((mapping) => mapping.key);
  const cabinet = await reading.cabinet.get(run);
  const ids = await reading.offers.ids(run);
  const reports = wanted.has('status') ? await reading.offers.reportsOf(keys, run) : { quarantine: new Map(), troubles: new Map() };
  const { items } = await readNamed(reading.client, 'campaignOffers', { list: 'offers', ids, most: OFFERS }, keys, run);
  const note = (key: string, more: Partial<CardDocument>) => {
    const document = documents.get(key);
    if (document !== undefined) documents.set(key, { ...document, ...more });
  };
  for (const item of items) {
    const offer = readDoc(item, 'campaign offers');
    const key = readKey(offer['offerId'], 'campaign offers.offerId');
    add(key, reading.offers.values(offer, wanted, cabinet, reports));
    if (wanted.has('status')) note(key, { storeStatus: String(offer['status'] ?? '') });
  }
  for (const [key, price] of reports.quarantine) note(key, { quarantinedPrice: price });
  if (!wanted.has('price') || !cabinet.onlyDefaultPrice) return;
  const floors = await readNamed(reading.client, 'defaultPrices', { list: 'offers', ids, most: PRICES }, keys, run);
  for (const item of floors.items) {
    const offer = readDoc(item, 'offer prices');
    const price: Doc = readDocOrEmpty(offer['price']);
    const floor = minorOf(price['minimumForBestseller'], cabinet.currency, 'offer prices.minimumForBestseller');
    if (floor > 0) note(readKey(offer['offerId'], 'offer prices.offerId'), { promotionFloor: floor });
  }
}

async function addStock(reading: Reading, found: readonly Mapping[], add: Add, run: Run): Promise<void> {
  const warehouse = stockWarehouse(await reading.stocks.warehouses(run));
  if (warehouse === undefined) return;
  const { amounts } = await reading.stocks.read(
    found.map((mapping) => mapping.key),
    warehouse,
    run,
  );
  for (const [key, pieces] of amounts) add(key, { stock: { [warehouse.id]: pieces } });
}

function inOrder(values: CardValues, wanted: ReadonlySet<Facet>): CardValues {
  return Object.fromEntries(FACETS.filter((facet) => wanted.has(facet) && values[facet] !== undefined).map((facet) => [facet, values[facet]]));
}
