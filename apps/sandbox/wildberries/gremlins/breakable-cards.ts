import type { Breakable, Gremlin as BoundGremlin } from '../../gremlins/breakable.js';
import type { GremlinKind } from '../../gremlins/kinds.js';
import type { Random } from '../../random.js';
import { ECHOES } from '../echoes.js';
import { meaning } from '../meaning.js';
import { FACETS, type Card, type FacetName } from '../model.js';
import type { Office } from '../office.js';
import { facetValue } from '../truth.js';
import { noteFacets } from '../writes.js';
import * as facts from './facts.js';
import type { Gremlin } from './gremlin.js';
import * as photos from './photos.js';
import { swap } from './swap.js';
import * as texts from './texts.js';

/** The subject of a card never changes here, so no card moves to another category. */
const GREMLINS: Partial<Record<GremlinKind, Gremlin>> = {
  'photo-reordered': photos.photoReordered,
  'photo-lost': photos.photoLost,
  'photo-replaced': photos.photoReplaced,
  'not-buyable': facts.notBuyable,
  stock: facts.stockRaised,
  'attribute-lost': facts.attributeLost,
  'attribute-changed': facts.attributeChanged,
  'dimensions-changed': facts.dimensionsChanged,
  price: facts.priceDropped,
  gibberish: texts.gibberish,
  'text-changed': texts.textChanged,
  missing: facts.missing,
};

/** Cards of this market as gremlins see them. */
export function breakableCards(office: Office): Breakable<Card> {
  const { cards } = office;
  return {
    facets: FACETS,
    keyOf: (card) => card.vendorCode,
    find: (key) => cards.byVendorCode(key),
    meaning: (card, facet) => meaning(card, facet as FacetName),
    value: (card, facet) => facetValue(office, card, facet as FacetName),
    calm: () => {
      const busy = busyCards(office);
      return [...cards.all()].filter((card) => card.trashedAt === 0 && !card.blocked && !card.shadowed && !card.quarantine && !busy.has(card.nmID));
    },
    variants: (card) => cards.group(card.imtID).filter((one) => one !== card),
    save: (card) => cards.save(card),
    onChange: (listener) => cards.onChange(listener),
    note: (kind, card, facet, before, after) => noteFacets(office, { key: 'gremlin', method: kind, taskId: 0 }, card.vendorCode, [{ facet: facet as FacetName, before, after }]),
    ownDelay: (card) => card.lastDelaySeconds,
    gremlins: Object.fromEntries(Object.entries(GREMLINS).map(([kind, gremlin]): [string, BoundGremlin<Card>] => [kind, (draft, random) => gremlin(office, draft, random)])),
    swap: (a, b, random) => swap(office, a, b, random),
    orphan: (model, random) => orphanOf(office, model, random),
    echoes: Object.fromEntries(Object.entries(ECHOES).map(([name, echo]) => [name, (draft: Card, random: Random) => echo(office, draft, random)])),
  };
}

/** Cards that a task is about to change. */
export function busyCards(office: Office): Set<number> {
  const busy = new Set<number>();
  for (const { work } of office.tasks.all()) {
    if (work.kind === 'edit') for (const { nmID } of work.cards) busy.add(nmID);
    if (work.kind === 'media') busy.add(work.nmID);
    if (work.kind === 'price') for (const { nmID } of office.uploads.get(work.uploadID)?.items ?? []) busy.add(nmID);
  }
  return busy;
}

function orphanOf({ cards, clock }: Office, model: Card, random: Random): Card {
  const card = structuredClone(model);
  card.nmID = cards.next('nmID');
  card.imtID = cards.next('imtID');
  card.nmUUID = cards.newUuid(card.nmID);
  card.vendorCode = `X-${random.int(100_000, 999_999)}-${card.nmID % 1000}`;
  card.title = `${card.title} (${random.pick(['копия', 'новый', 'дубль'])} ${random.int(2, 99)})`;
  card.sizes = card.sizes.map((size) => ({ ...size, chrtID: cards.next('chrtID'), skus: [cards.newBarcode()] }));
  card.stocks = {};
  card.createdAt = card.updatedAt = clock.now();
  return card;
}
