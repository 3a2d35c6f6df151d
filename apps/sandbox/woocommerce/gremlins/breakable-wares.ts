import type { Breakable, Gremlin as BoundGremlin } from '../../gremlins/breakable.js';
import type { GremlinKind } from '../../gremlins/kinds.js';
import type { Random } from '../../random.js';
import { ECHOES } from '../echoes.js';
import { meaning } from '../meaning.js';
import { FACETS, isProduct, keyOf, type FacetName, type Product, type Ware } from '../model.js';
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

/** Wares as gremlins see them. What a product says for all its variations stays: it would break each of them at once. */
export function breakableWares(office: Office): Breakable<Ware> {
  const { products } = office;
  const isCalm = (ware: Ware): boolean => {
    const product = products.productOf(ware);
    return ware.status === 'publish' && product.status === 'publish' && product.visibility === 'visible';
  };
  return {
    facets: FACETS,
    keyOf,
    find: (key) => {
      const found = products.evenRemoved(key);
      return found?.product.removed ? undefined : (found?.variation ?? found?.product);
    },
    meaning: (ware, facet) => meaning(ware, products.productOf(ware), facet as FacetName),
    value: (ware, facet) => facetValue(office, ware, facet as FacetName),
    calm: () => [...products.wares()].filter(isCalm),
    variants: (ware) => (isProduct(ware) ? [] : products.productOf(ware).variations.filter((one) => one !== ware)),
    save: (ware) => products.save(products.productOf(ware)),
    onChange: (listener) => products.onChange(listener),
    note: (kind, ware, facet, before, after) => noteFacets(office, { key: 'gremlin', method: kind }, keyOf(ware), [{ facet: facet as FacetName, before, after }]),
    // Whatever is written is there at once.
    ownDelay: () => 0,
    gremlins: Object.fromEntries(Object.entries(GREMLINS).map(([kind, gremlin]): [string, BoundGremlin<Ware>] => [kind, (draft, random) => dated(office, draft, random, gremlin)])),
    swap: (a, b, random) => {
      const strike = swap(a, b, random);
      if (strike && random.next() < THROUGH_THE_SHOP) touch(office, a, b);
      return strike;
    },
    orphan: (model, random) => orphanOf(office, model, random),
    echoes: Object.fromEntries(Object.entries(ECHOES).map(([name, echo]) => [name, (draft: Ware, random: Random) => echo(office, draft, random)])),
  };
}

/** Half of what happens goes through the shop and moves the date of the last change; the rest is written past it, straight into its database. */
const THROUGH_THE_SHOP = 0.5;

function dated(office: Office, draft: Ware, random: Random, gremlin: Gremlin): ReturnType<Gremlin> {
  const strike = gremlin(office, draft, random);
  if (strike && random.next() < THROUGH_THE_SHOP) touch(office, draft);
  return strike;
}

/** Simple goods like the model, or like the goods of which it is a variation. */
function orphanOf({ clock, counters, products }: Office, model: Ware, random: Random): Product {
  const { regularPrice, manageStock, stockQuantity, stockStatus } = model;
  const product: Product = { ...structuredClone(products.productOf(model)), type: 'simple', variations: [], regularPrice, manageStock, stockQuantity, stockStatus };
  product.id = counters.post.next();
  product.sku = `X-${random.int(100_000, 999_999)}-${product.id % 1000}`;
  product.gtin = '';
  product.name = `${product.name} (${random.pick(['копия', 'новый', 'дубль'])} ${random.int(2, 99)})`;
  product.slug = `${slugOf(product.name)}-${product.id}`;
  product.createdAt = product.modifiedAt = wholeSecond(clock.now());
  return product;
}
