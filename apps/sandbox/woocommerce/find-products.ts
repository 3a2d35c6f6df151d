import type { Call } from './endpoint.js';
import { idsIn } from './list-query.js';
import { STATUSES, TYPES, type Item, type Product, type Variation } from './model.js';
import type { Office } from './office.js';
import { compareDecimals } from './decimals.js';
import { oneOf, text, truthy, whole, type Shapes } from './params.js';
import { effectivePrice, isOnSale } from './prices.js';
import { invalidParams } from './problem.js';
import { momentOf } from './site-time.js';

/** A line of a list of goods: a product, or a variation found by its article. */
export interface Line {
  readonly product: Product;
  readonly variation?: Variation;
}

const ORDERS = ['date', 'modified', 'id', 'include', 'title', 'slug', 'price', 'popularity', 'rating', 'menu_order'] as const;

export const FINDING: Shapes = {
  orderby: oneOf(ORDERS),
  status: oneOf(['any', ...STATUSES]),
  type: oneOf([...TYPES, 'variation']),
  stock_status: oneOf(['instock', 'outofstock', 'onbackorder']),
  featured: { type: 'boolean' },
  on_sale: { type: 'boolean' },
  dates_are_gmt: { type: 'boolean' },
  shipping_class: text,
  attribute: text,
  parent: whole,
};

type Query = Call['query'];

/** Goods as a query asks for them, in its order. Only who asks for an article finds variations, too. */
export function findProducts(office: Office, query: Query): Line[] {
  const products = [...office.products.shown()];
  const lines: Line[] = products.map((product) => ({ product }));
  return findLines(office, query['sku'] || query['search_sku'] ? [...lines, ...variationsOf(products)] : lines, query);
}

export function variationsOf(products: readonly Product[]): Required<Line>[] {
  return products.flatMap((product) => product.variations.map((variation) => ({ product, variation })));
}

/** The lines that a query means, in its order. */
export function findLines<L extends Line>(office: Office, lines: readonly L[], query: Query): L[] {
  const wanted = [...byState(query), ...byName(query), ...byIds(query), ...byMoment(office, query), ...byShelf(query), ...byPrice(office, query)];
  return inOrder(
    office,
    lines.filter((line) => wanted.every((meets) => meets(line))),
    query,
  );
}

/** What a line must be; a query that does not ask for something has none for it. */
type Meets = (line: Line) => boolean;

const itemOf = ({ product, variation }: Line): Item => variation ?? product;
const when = (asked: unknown, meets: Meets): Meets[] => (asked === undefined ? [] : [meets]);

/** `any` leaves out the trash. */
function byState({ status = 'any', type, stock_status: stock, featured }: Query): Meets[] {
  const own = (line: Line): string => itemOf(line).status;
  return [
    (line) => (status === 'any' ? !['trash', 'auto-draft'].includes(own(line)) : own(line) === status),
    ...when(type, ({ product, variation }) => (variation ? 'variation' : product.type) === type),
    ...when(stock, (line) => itemOf(line).stockStatus === stock),
    ...when(featured, ({ product }) => (product.plain['featured'] === true) === truthy(featured)),
  ];
}

function byName({ sku, search_sku: part, slug, search }: Query): Meets[] {
  const skus = new Set(sku?.split(',').map((one) => one.trim()));
  const slugs = new Set(slug?.split(','));
  const words = search?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  return [
    ...when(sku || undefined, (line) => skus.has(itemOf(line).sku)),
    ...when(part || undefined, (line) =>
      itemOf(line)
        .sku.toLowerCase()
        .includes((part ?? '').toLowerCase()),
    ),
    ...when(slug, ({ product }) => slugs.has(product.slug)),
    ...when(search, ({ product }) => words.every((word) => `${product.name} ${product.description} ${product.shortDescription}`.toLowerCase().includes(word))),
  ];
}

function byIds(query: Query): Meets[] {
  const asked = (name: string): Set<number> | undefined => (query[name] ? new Set(idsIn(query[name])) : undefined);
  const [include, exclude, parents] = [asked('include'), asked('exclude'), asked('parent')];
  return [
    ...when(include, (line) => include?.has(itemOf(line).id) === true),
    ...when(exclude, (line) => exclude?.has(itemOf(line).id) === false),
    ...when(parents, ({ product, variation }) => parents?.has(variation ? product.id : 0) === true),
  ];
}

function byMoment(office: Office, query: Query): Meets[] {
  const isGmt = truthy(query['dates_are_gmt']);
  const bound = (name: string, meets: (item: Item, moment: number) => boolean): Meets[] => {
    const value = query[name];
    if (value === undefined) return [];
    const moment = momentOf(office, value, isGmt);
    if (moment === undefined) throw invalidParams({ [name]: { code: 'rest_invalid_date', message: 'Invalid date.' } });
    return [(line) => meets(itemOf(line), moment)];
  };
  return [
    ...bound('after', ({ createdAt }, moment) => createdAt > moment),
    ...bound('before', ({ createdAt }, moment) => createdAt < moment),
    ...bound('modified_after', ({ modifiedAt }, moment) => modifiedAt > moment),
    ...bound('modified_before', ({ modifiedAt }, moment) => modifiedAt < moment),
  ];
}

function byShelf(query: Query): Meets[] {
  const [categories, tags] = [idsIn(query['category']), idsIn(query['tag'])];
  return [
    ...when(categories, ({ product }) => product.categories.some((id) => categories?.includes(id))),
    ...when(tags, ({ product }) => product.tags.some((id) => tags?.includes(id))),
  ];
}

function byPrice({ clock }: Office, { on_sale: onSale, min_price: least, max_price: most }: Query): Meets[] {
  const now = clock.now();
  return [
    ...when(onSale, ({ product }) => isOnSale(product, now) === truthy(onSale)),
    ...when(least, ({ product }) => compareDecimals(effectivePrice(product, now), least ?? '') >= 0),
    ...when(most, ({ product }) => compareDecimals(effectivePrice(product, now), most ?? '') <= 0),
  ];
}

function inOrder<L extends Line>(office: Office, lines: L[], query: Query): L[] {
  const { orderby = 'date', order = 'desc' } = query;
  const sign = order === 'asc' ? 1 : -1;
  const include = idsIn(query['include']) ?? [];
  const now = office.clock.now();
  const by = (a: Line, b: Line): number => {
    const [x, y] = [itemOf(a), itemOf(b)];
    switch (orderby) {
      case 'id':
        return sign * (x.id - y.id);
      case 'include':
        return include.indexOf(x.id) - include.indexOf(y.id);
      case 'modified':
        return sign * (x.modifiedAt - y.modifiedAt || x.id - y.id);
      case 'title':
        return sign * (a.product.name.localeCompare(b.product.name) || x.id - y.id);
      case 'slug':
        return sign * (a.product.slug < b.product.slug ? -1 : 1);
      case 'price':
        return sign * compareDecimals(effectivePrice(a.product, now), effectivePrice(b.product, now));
      case 'popularity':
        return sign * (a.product.sold - b.product.sold || x.id - y.id);
      case 'menu_order':
        return sign * (x.menuOrder - y.menuOrder || x.id - y.id);
      default:
        return sign * (x.createdAt - y.createdAt || x.id - y.id);
    }
  };
  return lines.sort(by);
}
