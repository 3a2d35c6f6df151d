import type { Breakable, Gremlin as BoundGremlin } from '../../gremlins/breakable.js';
import type { GremlinKind } from '../../gremlins/kinds.js';
import type { Random } from '../../random.js';
import { GROUP_PARAMETER } from '../categories.js';
import { ECHOES } from '../echoes.js';
import { meaning } from '../meaning.js';
import { FACETS, type Card, type FacetName } from '../model.js';
import type { Office } from '../office.js';
import { facetValue } from '../truth.js';
import * as facts from './facts.js';
import type { Gremlin, Strike } from './gremlin.js';
import * as photos from './photos.js';
import * as texts from './texts.js';

const GREMLINS: Partial<Record<GremlinKind, Gremlin>> = {
  'photo-reordered': photos.photoReordered,
  'photo-lost': photos.photoLost,
  'photo-replaced': photos.photoReplaced,
  'not-buyable': facts.notBuyable,
  stock: facts.stockRaised,
  'attribute-lost': facts.attributeLost,
  'attribute-changed': facts.attributeChanged,
  'category-moved': facts.categoryMoved,
  'dimensions-changed': facts.dimensionsChanged,
  price: facts.priceDropped,
  gibberish: texts.gibberish,
  'text-changed': texts.textChanged,
  missing: facts.missing,
};

/** Cards of this market as gremlins see them. */
export function breakableCards(office: Office): Breakable<Card> {
  const { cards } = office;
  const bound = <From, To>(kinds: Readonly<Record<string, From>>, bind: (one: From) => To): Record<string, To> =>
    Object.fromEntries(Object.entries(kinds).map(([name, one]): [string, To] => [name, bind(one)]));
  return {
    facets: FACETS,
    keyOf: (card) => card.offerId,
    find: (key) => cards.find(key),
    meaning: (card, facet) => meaning(card, facet as FacetName),
    value: (card, facet) => facetValue(office, card, facet as FacetName),
    calm: () => [...cards.all()].filter((card) => isCalm(office, card)),
    variants: (card) => variantsOf(office, card),
    save: (card) => cards.save(card),
    onChange: (listener) => cards.onChange(listener),
    note: (kind, card, facet, before, after) => office.ledger.note(office.clock.iso(), { key: 'gremlin', method: kind, taskId: 0 }, card.offerId, [{ facet, before, after }]),
    ownDelay: (card) => card.lastDelaySeconds,
    gremlins: bound(
      GREMLINS,
      (gremlin): BoundGremlin<Card> =>
        (draft, random) =>
          gremlin(office, draft, random),
    ),
    swap: (a, b, random) => swap(office, a, b, random),
    orphan: (model, random) => orphanOf(office, model, random),
    echoes: bound(ECHOES, (echo) => (draft: Card, random: Random) => echo(office, draft, random)),
  };
}

function isCalm({ tasks }: Office, card: Card): boolean {
  const isHindered = card.archived || card.blocked !== '' || card.quarantine !== null || card.errors.length > 0 || card.hidden.length > 0 || card.absent.length > 0;
  return !isHindered && card.market.sku > 0 && !tasks.isBusy(card.offerId);
}

/** Other offers with the same number that joins them on one card. */
function variantsOf({ cards }: Office, card: Card): Card[] {
  const numberOf = (one: Card): string | undefined => one.parameters.find((value) => value.parameterId === GROUP_PARAMETER)?.value;
  const number = numberOf(card);
  return number === undefined ? [] : [...cards.all()].filter((one) => one !== card && numberOf(one) === number);
}

function swap(office: Office, a: Card, b: Card, random: Random): Strike | undefined {
  const what = random.pick(['photos', 'photos', 'description', 'title'] as const);
  return what === 'photos' ? photos.tradePhotos(office, a, b, random) : texts.tradeTexts(a, b, what);
}

function orphanOf({ cards, clock }: Office, model: Card, random: Random): Card {
  const offerId = `X-${random.int(100_000, 999_999)}-${random.int(100, 999)}`;
  const now = clock.now();
  return {
    ...structuredClone(model),
    seq: cards.placeOf(offerId),
    offerId,
    name: `${model.name} (${random.pick(['копия', 'новый', 'дубль'])} ${random.int(2, 99)})`,
    barcodes: [cards.newBarcode()],
    market: { ...model.market, sku: cards.newSku() },
    stocks: {},
    createdAt: now,
    updatedAt: now,
  };
}
