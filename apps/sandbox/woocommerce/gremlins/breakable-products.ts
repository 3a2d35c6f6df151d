import type { Breakable, Gremlin as BoundGremlin } from '../../gremlins/breakable.js';
import type { GremlinKind } from '../../gremlins/kinds.js';
import type { Random } from '../../random.js';
import { ECHOES } from '../echoes.js';
import { meaning } from '../meaning.js';
import { FACETS, keyOf, type FacetName, type Product } from '../model.js';
import type { Office } from '../office.js';
import { wholeSecond } from '../site-time.js';
import { slugOf } from '../text.js';
import { facetValue } from '../truth.js';
import { noteFacets, touch } from '../writes.js';
import * as facts from './facts.js';
import type { Gremlin } from './gremlin.js';
import * as photos from './photos.js';
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
  price: facts.priceChanged,
  gibberish: texts.gibberish,
  'text-changed': texts.textChanged,
  missing: facts.missing,
};

/** Products as gremlins see them. */
export function breakableProducts(office: Office): Breakable<Product> {
  const { products } = office;
  return {
    facets: FACETS,
    keyOf,
    find: (key) => {
      const product = products.evenRemoved(key);
      return product?.removed ? undefined : product;
    },
    meaning: (product, facet) => meaning(product, facet as FacetName),
    value: (product, facet) => facetValue(office, product, facet as FacetName),
    calm: () => [...products.all()].filter((product) => product.status === 'publish' && product.visibility === 'visible'),
    variants: () => [],
    save: (product) => products.save(product),
    onChange: (listener) => products.onChange(listener),
    note: (kind, product, facet, before, after) => noteFacets(office, { key: 'gremlin', method: kind }, keyOf(product), [{ facet: facet as FacetName, before, after }]),
    // Whatever is written is there at once.
    ownDelay: () => 0,
    gremlins: Object.fromEntries(
      Object.entries(GREMLINS).map(([kind, gremlin]): [string, BoundGremlin<Product>] => [kind, (draft, random) => dated(office, draft, random, gremlin)]),
    ),
    swap: (a, b, random) => {
      const strike = swap(a, b, random);
      if (strike && random.next() < THROUGH_THE_SHOP) touch(office, a, b);
      return strike;
    },
    orphan: (model, random) => orphanOf(office, model, random),
    echoes: Object.fromEntries(Object.entries(ECHOES).map(([name, echo]) => [name, (draft: Product, random: Random) => echo(office, draft, random)])),
  };
}

/** Half of what happens goes through the shop and moves the date of the last change; the rest is written past it, straight into its database. */
const THROUGH_THE_SHOP = 0.5;

function dated(office: Office, draft: Product, random: Random, gremlin: Gremlin): ReturnType<Gremlin> {
  const strike = gremlin(office, draft, random);
  if (strike && random.next() < THROUGH_THE_SHOP) touch(office, draft);
  return strike;
}

function orphanOf({ clock, counters }: Office, model: Product, random: Random): Product {
  const product = structuredClone(model);
  product.id = counters.post.next();
  product.sku = `X-${random.int(100_000, 999_999)}-${product.id % 1000}`;
  product.gtin = '';
  product.name = `${product.name} (${random.pick(['копия', 'новый', 'дубль'])} ${random.int(2, 99)})`;
  product.slug = `${slugOf(product.name)}-${product.id}`;
  product.variations = product.variations.map((one) => ({ ...one, id: counters.post.next(), sku: one.sku && `${product.sku}-${one.id}`, gtin: '' }));
  product.createdAt = product.modifiedAt = wholeSecond(clock.now());
  return product;
}
