import { readDoc, readKey } from '#kernel';
import { CONTENT_FACETS, FACETS, type CardValues, type Facet, type ObservedCard, type Run } from '#channels/contract';
import { type CardDocument, floorOf, priceOwner } from './yandex-market.card-document.js';
import { type Mapping, categoryOf, contentValues, identityOf, mappingOf, ownParameters, presenceOf } from './yandex-market.observe.js';
import { readNamed } from './yandex-market.paging.js';
import { type Told, documentsAlone, pricesAlone } from './yandex-market.peek-for-calls.js';
import { stockWarehouse } from './yandex-market.stock-reading.js';
import { type Reading, readCards, withCards } from './yandex-market.sweep.js';

export interface Peeked extends Told {
  readonly absent: readonly string[];
}

const MAPPINGS = 100;
const OFFERS = 200;
const PRICES = 200;
const NO_UNITS = () => '';

/**
 * Reads named cards now. `absent` only when two different methods, asked by article, both know nothing of a card. What a change of
 * characteristics or of prices needs to know one list tells alone; cards that it does not name are read like any others.
 */
export async function peek(reading: Reading, keys: readonly string[], facets: readonly Facet[], run: Run): Promise<Peeked> {
  const alone = facets.length === 0 ? documentsAlone : facets.length === 1 && facets[0] === 'price' ? pricesAlone : undefined;
  if (alone === undefined) return peekWhole(reading, keys, facets, run);
  const told = await alone(reading, keys, run);
  const named = new Set(told.cards.map(({ key }) => key));
  const left = keys.filter((key) => !named.has(key));
  if (left.length === 0) return { ...told, absent: [] };
  const rest = await peekWhole(reading, left, facets.length === 0 ? ['attributes'] : facets, run);
  return { startedAt: Math.min(told.startedAt, rest.startedAt), cards: [...told.cards, ...rest.cards], absent: rest.absent };
}

async function peekWhole(reading: Reading, keys: readonly string[], facets: readonly Facet[], run: Run): Promise<Peeked> {
  const wanted = new Set(facets);
  const cabinet = await reading.cabinet.get(run);
  const ids = await reading.offers.ids(run);
  const listed = await readNamed(reading.client, 'mappings', { list: 'offerMappings', ids, most: MAPPINGS }, keys, run);
  const mappings = new Map(listed.items.map((item) => [mappingOf(item).key, mappingOf(item)]));
  const missing = keys.filter((key) => !mappings.has(key));
  const { cards: known } = await readCards(reading, missing, run);

  const found = [...mappings.values()];
  const peeked: Cards = {
    values: new Map(found.map((mapping) => [mapping.key, { presence: presenceOf(mapping) }])),
    documents: new Map(found.map((mapping) => [mapping.key, { categoryId: categoryOf(mapping), priceOf: priceOwner(cabinet) }])),
  };
  if (CONTENT_FACETS.some((facet) => wanted.has(facet))) await addContent(reading, found, wanted, peeked, run);
  if (wanted.has('status') || wanted.has('price')) await addOffers(reading, found, wanted, peeked, run);
  if (wanted.has('stock')) await addStock(reading, found, peeked, run);
  const cards = found.map((mapping): ObservedCard => {
    const { key } = mapping;
    return { ...identityOf(mapping), values: inOrder(peeked.values.get(key) ?? {}, wanted), document: peeked.documents.get(key) };
  });
  return { startedAt: listed.startedAt, cards, absent: missing.filter((key) => !known.has(key)) };
}

/** What is known of cards so far, by article. */
interface Cards {
  readonly values: Map<string, CardValues>;
  readonly documents: Map<string, CardDocument>;
}

function add({ values }: Cards, key: string, more: CardValues): void {
  values.set(key, { ...values.get(key), ...more });
}

function note({ documents }: Cards, key: string, more: Partial<CardDocument>): void {
  const document = documents.get(key);
  if (document !== undefined) documents.set(key, { ...document, ...more });
}

/** Characteristics lie with the cards; all other content is told by the offer itself. */
async function addContent(reading: Reading, found: readonly Mapping[], wanted: ReadonlySet<Facet>, peeked: Cards, run: Run): Promise<void> {
  if (!wanted.has('attributes')) {
    for (const mapping of found) add(peeked, mapping.key, contentValues(mapping, undefined, NO_UNITS));
    return;
  }
  const keys = found.map(({ key }) => key);
  const { cards } = await readCards(reading, keys, run);
  for (const card of await withCards(reading, found, cards, run)) add(peeked, card.key, card.values);
  for (const [key, card] of cards) note(peeked, key, { parameters: ownParameters(card) });
}

async function addOffers(reading: Reading, found: readonly Mapping[], wanted: ReadonlySet<Facet>, peeked: Cards, run: Run): Promise<void> {
  const keys = found.map((mapping) => mapping.key);
  const cabinet = await reading.cabinet.get(run);
  const ids = await reading.offers.ids(run);
  const reports = wanted.has('status') ? await reading.offers.reportsOf(keys, run) : { quarantine: new Map(), troubles: new Map() };
  const { items } = await readNamed(reading.client, 'campaignOffers', { list: 'offers', ids, most: OFFERS }, keys, run);
  for (const item of items) {
    const offer = readDoc(item, 'campaign offers');
    const key = readKey(offer['offerId'], 'campaign offers.offerId');
    add(peeked, key, reading.offers.values(offer, wanted, cabinet, reports));
    if (wanted.has('status')) note(peeked, key, { storeStatus: String(offer['status'] ?? '') });
  }
  for (const [key, price] of reports.quarantine) note(peeked, key, { quarantinedPrice: price });
  if (!wanted.has('price') || !cabinet.onlyDefaultPrice) return;
  const floors = await readNamed(reading.client, 'defaultPrices', { list: 'offers', ids, most: PRICES }, keys, run);
  for (const item of floors.items) {
    const offer = readDoc(item, 'offer prices');
    note(peeked, readKey(offer['offerId'], 'offer prices.offerId'), floorOf(offer, cabinet));
  }
}

async function addStock(reading: Reading, found: readonly Mapping[], peeked: Cards, run: Run): Promise<void> {
  const warehouse = stockWarehouse(await reading.stocks.warehouses(run));
  if (warehouse === undefined) return;
  const { amounts } = await reading.stocks.read(
    found.map((mapping) => mapping.key),
    warehouse,
    run,
  );
  for (const [key, pieces] of amounts) add(peeked, key, { stock: { [warehouse.id]: pieces } });
}

function inOrder(values: CardValues, wanted: ReadonlySet<Facet>): CardValues {
  return Object.fromEntries(FACETS.filter((facet) => wanted.has(facet) && values[facet] !== undefined).map((facet) => [facet, values[facet]]));
}
