import type { Clock, Doc } from '#kernel';
import type { PushCall, PushOutcome, Run } from '#channels/contract';
import { articleOf, sizeOfKey } from './wildberries.card-keys.js';
import { CardSearch } from './wildberries.card-search.js';
import type { WildberriesClient } from './wildberries.client.js';
import { type NewCard, withNewSize } from './wildberries.compose.js';
import { mergeCalls, type Unit } from './wildberries.merged-calls.js';
import type { Underway } from './wildberries.underway.js';

/** A size whose card is on its way is asked about again after this (account clock). */
const LOOK_AGAIN_MS = 60_000;

export interface Creation {
  /** Cards that are not there: sent for creation, sizes of one card together. */
  readonly cards: readonly Unit[];
  /** Cards that are there and get more sizes. */
  readonly growing: readonly Unit[];
  readonly outcomes: ReadonlyMap<PushCall, PushOutcome>;
}

/**
 * How each new listing comes about. One whose key is an article is a card of its own. A size is made with its card where that is not
 * there, and added to it where it is; while the card is on its way or in the trash the size waits, so that no second card is made.
 */
export async function creationOf(client: WildberriesClient, underway: Underway, calls: readonly PushCall[], clock: Pick<Clock, 'now'>, run: Run): Promise<Creation> {
  const sizes = calls.filter((call) => sizeOfKey(call.item.key) !== undefined);
  const cards = calls.filter((call) => sizeOfKey(call.item.key) === undefined);
  const live = await lookedUp(client, sizes, run);
  const outcomes = new Map<PushCall, PushOutcome>();
  const growing: PushCall[] = [];
  for (const call of sizes) {
    const article = articleOf(call.item.key);
    const card = live.cards.get(article);
    if (live.found.has(call.item.key)) outcomes.set(call, { kind: 'unsure', why: 'the size is there by now' });
    else if (card?.walk === 'list') growing.push({ item: call.item, body: withNewSize(call.item, card.item) });
    else if (card !== undefined || underway.has(article)) outcomes.set(call, { kind: 'not-sent', why: 'waits-its-turn', until: clock.now() + LOOK_AGAIN_MS });
    else cards.push(call);
    if (card !== undefined) underway.forget(article);
  }
  const byArticle = (call: PushCall) => articleOf(call.item.key);
  const made = mergeCalls('create', cards, byArticle);
  const grown = mergeCalls('card', growing, byArticle, (item) => withNewSize(item, live.cards.get(articleOf(item.key))?.item ?? {}));
  const original = new Map(calls.map((call) => [call.item, call]));
  const given = (call: PushCall): readonly PushCall[] => [original.get(call.item) ?? []].flat();
  const asGiven = (units: readonly Unit[]): readonly Unit[] =>
    units.map((unit) => ({
      ...unit,
      calls: unit.calls.flatMap(given),
      left: new Map([...(unit.left ?? [])].flatMap(([call, diagnostics]) => given(call).map((one) => [one, diagnostics] as const))),
    }));
  for (const [{ item }, diagnostics] of [...made.refused, ...grown.refused]) {
    const call = original.get(item);
    if (call !== undefined) outcomes.set(call, { kind: 'refused', diagnostics });
  }
  return { cards: made.units.map((unit) => ({ ...unit, body: withAllSizes(unit) })), growing: asGiven(grown.units), outcomes };
}

async function lookedUp(client: WildberriesClient, calls: readonly PushCall[], run: Run): Promise<CardSearch> {
  const search = new CardSearch(client, run);
  const keys = calls.map((call) => call.item.key);
  await search.find('list', keys);
  await search.find('trash', keys);
  return search;
}

/** The first one's card with the sizes of all. */
function withAllSizes({ calls, body }: Unit): unknown {
  if (calls.length === 1) return body;
  const bodies = calls.map((call) => call.body as NewCard);
  const { subjectID, variants } = body as NewCard;
  return { subjectID, variants: [{ ...variants[0], sizes: bodies.flatMap((one): readonly Doc[] => one.variants[0].sizes) }] };
}
