import type { Breakable, Gremlin as BoundGremlin } from '../../gremlins/breakable.js';
import type { GremlinKind } from '../../gremlins/kinds.js';
import type { Random } from '../../random.js';
import { ECHOES } from '../echoes.js';
import type { Market } from '../market.js';
import { meaning } from '../meaning.js';
import { FACETS, type Card, type FacetName } from '../model.js';
import type { TaskOffice } from '../tasks.js';
import { facetValue } from '../truth.js';
import { noteWrite } from '../writes.js';
import * as facts from './facts.js';
import * as photos from './photos.js';
import type { Gremlin } from './strike.js';
import { swap } from './swap.js';
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
export function breakableCards(market: Market, tasks: TaskOffice): Breakable<Card> {
  const { cards } = market;
  return {
    facets: FACETS,
    keyOf: (card) => card.offerId,
    find: (key) => cards.byOfferId(key),
    meaning: (card, facet) => meaning(card, facet as FacetName),
    value: (card, facet) => facetValue(market, card, facet as FacetName),
    calm: () => {
      const busy = tasks.busyOffers();
      return [...cards.all()].filter((c) => c.sku !== 0 && !c.archived && !c.pending && !c.hidden && !c.stuck && !c.declined && !c.quarantined && !busy.has(c.offerId));
    },
    variants: (card) => cards.variants(card),
    save: (card) => cards.save(card),
    onChange: (listener) => cards.onChange(listener),
    note: (kind, card, facet, before, after) =>
      noteWrite(market, {
        key: 'gremlin',
        method: kind,
        taskId: 0,
        offerId: card.offerId,
        fullCard: false,
        revalidates: false,
        facets: [{ facet: facet as FacetName, before, after, echoes: false }],
      }),
    ownDelay: (card) => card.lastTaskSeconds + card.lastModerationSeconds,
    gremlins: Object.fromEntries(Object.entries(GREMLINS).map(([kind, gremlin]): [string, BoundGremlin<Card>] => [kind, (draft, random) => gremlin(market, draft, random)])),
    swap: (a, b, random) => swap(market, a, b, random),
    orphan: (model, random) => orphanOf(market, model, random),
    echoes: Object.fromEntries(Object.entries(ECHOES).map(([name, echo]) => [name, (draft: Card, random: Random) => echo(market, draft, random)])),
  };
}

function orphanOf(market: Market, model: Card, random: Random): Card {
  const card = structuredClone(model);
  card.productId = market.cards.newProductId();
  card.sku = card.productId + 1_000_000_000;
  card.offerId = `X-${random.int(100_000, 999_999)}-${card.productId % 1000}`;
  card.barcodes = [];
  texts.setTitle(card.live, `${card.live.name} (${random.pick(['копия', 'новый', 'дубль'])} ${random.int(2, 99)})`);
  card.createdAt = card.updatedAt = card.statusAt = market.clock.now();
  return card;
}
