import { readDoc, readKey, readList } from '#kernel';
import type { CardValues, Facet, ObservedCard, Run } from '#channels/contract';
import { CONTENT_FACETS, FACETS } from '#channels/contract';
import type { OzonClient } from './ozon.client.js';
import { isNotFound } from './ozon.errors.js';
import { infoCard } from './ozon.observe.js';
import { contentCard } from './ozon.observe-content.js';
import { type OfferReads, PAGE } from './ozon.sweep.js';

export interface Peeked {
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
  readonly absent: readonly string[];
}

/** Facets that content does not tell. */
const OFFER_FACETS: readonly Facet[] = ['presence', 'status', 'price', 'stock'];

/**
 * Reads named cards now. Content alone tells that a card is there; what it does not show, and whatever else is wanted, is asked for by
 * other methods. `absent` only when two of them, asked by article, both know nothing of a card.
 */
export async function peek(client: OzonClient, reads: OfferReads, keys: readonly string[], facets: readonly Facet[], run: Run): Promise<Peeked> {
  const wanted = new Set(facets);
  const contentAlone = facets.length > 0 && !OFFER_FACETS.some((facet) => wanted.has(facet));
  let startedAt: number | undefined;
  const found = new Map<string, ObservedCard>();
  const absent: string[] = [];
  for (let at = 0; at < keys.length; at += PAGE) {
    const part = keys.slice(at, at + PAGE);
    if (contentAlone) {
      const shown = await contentOf(client, part, 'ALL', run);
      startedAt ??= shown.startedAt;
      for (const { key, externalId, ids, values } of shown.cards) if (part.includes(key)) found.set(key, { key, externalId, ids, values });
    }
    const left = part.filter((key) => !found.has(key));
    if (left.length === 0) continue;
    const asked = await readInfo(client, reads, left, wanted, found, run);
    startedAt ??= asked;
    const missing = left.filter((key) => !found.has(key));
    const listed = missing.length === 0 ? new Set<string>() : await readListed(client, missing, run);
    absent.push(...missing.filter((key) => !listed.has(key)));
    const present = left.filter((key) => found.has(key));
    if (present.length === 0) continue;
    if (CONTENT_FACETS.some((facet) => wanted.has(facet))) await readContent(client, present, found, run);
    if (wanted.has('stock')) await readStock(reads, present, found, run);
  }
  return { startedAt: startedAt ?? Date.now(), cards: [...found.values()].map((card) => ({ ...card, values: inOrder(card.values, wanted) })), absent };
}

async function readInfo(client: OzonClient, reads: OfferReads, keys: readonly string[], wanted: ReadonlySet<Facet>, found: Map<string, ObservedCard>, run: Run): Promise<number> {
  const quarantined = wanted.has('status') ? await reads.quarantined(run) : new Set<string>();
  const answer = await client.call('info', { offer_id: keys }, run);
  for (const item of readList(answer.body['items'], 'info list.items')) {
    const card = infoCard(item, (id) => quarantined.has(id), wanted);
    found.set(card.key, card);
  }
  return answer.startedAt;
}

async function readListed(client: OzonClient, keys: readonly string[], run: Run): Promise<ReadonlySet<string>> {
  const { body } = await client.call('list', { filter: { offer_id: keys, visibility: 'ALL' }, last_id: '', limit: PAGE }, run);
  const items = readList(readDoc(body['result'], 'product list.result')['items'], 'product list.items');
  return new Set(items.map((item) => readKey(readDoc(item, 'product list')['offer_id'], 'offer_id')));
}

/** Asked by article the archive should answer too; what does not is asked for there. */
async function readContent(client: OzonClient, keys: readonly string[], found: Map<string, ObservedCard>, run: Run): Promise<void> {
  let left = keys;
  for (const visibility of ['ALL', 'ARCHIVED']) {
    if (left.length === 0) return;
    const met = new Set<string>();
    for (const card of (await contentOf(client, left, visibility, run)).cards) {
      met.add(card.key);
      merge(found, card);
    }
    left = left.filter((key) => !met.has(key));
  }
}

async function contentOf(
  client: OzonClient,
  keys: readonly string[],
  visibility: string,
  run: Run,
): Promise<{ readonly startedAt: number | undefined; readonly cards: readonly ObservedCard[] }> {
  try {
    const { body, startedAt } = await client.call('attributes', { filter: { offer_id: keys, visibility }, limit: PAGE, last_id: '', sort_by: 'id', sort_dir: 'ASC' }, run);
    return { startedAt, cards: readList(body['result'], 'attributes.result').map(contentCard) };
  } catch (error) {
    if (isNotFound(error)) return { startedAt: undefined, cards: [] };
    throw error;
  }
}

async function readStock(reads: OfferReads, keys: readonly string[], found: Map<string, ObservedCard>, run: Run): Promise<void> {
  const cards = keys.flatMap((key) => found.get(key) ?? []);
  const { cards: stocks } = await reads.stock.read(
    cards.map((card) => card.externalId),
    cards,
    run,
  );
  for (const card of stocks) merge(found, card);
}

function merge(found: Map<string, ObservedCard>, card: ObservedCard): void {
  const known = found.get(card.key);
  if (known === undefined) return;
  found.set(card.key, { ...known, ids: { ...known.ids, ...card.ids }, values: { ...known.values, ...card.values } });
}

function inOrder(values: CardValues, wanted: ReadonlySet<Facet>): CardValues {
  return Object.fromEntries(FACETS.filter((facet) => wanted.has(facet) && values[facet] !== undefined).map((facet) => [facet, values[facet]]));
}
