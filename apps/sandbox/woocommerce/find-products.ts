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
  const wanted = [byStatus(query), bySku(query), byIds(query), byMoment(office, query), byShelf(office, query), bySearch(query)];
  return inOrder(
    office,
    lines.filter((line) => wanted.every((meets) => meets(line))),
    query,
  );
}

type Meets = (line: Line) => boolean;

const itemOf = ({ product, variation }: Line): Item => variation ?? product;

/** `any` leaves out the trash. */
function byStatus({ status = 'any', type }: Query): Meets {
  return ({ product, variation }) => {
    const own = product.status === 'trash' ? 'trash' : (variation ?? product).status;
    if (status === 'any' ? own === 'trash' || own === 'auto-draft' : own !== status) return false;
    return type === undefined || (variation ? 'variation' : product.type) === type;
  };
}

function bySku(query: Query): Meets {
  const skus = query['sku'] ? new Set(query['sku'].split(',').map((sku) => sku.trim())) : undefined;
  const searched = query['search_sku']?.toLowerCase();
  return (line) => (skus === undefined || skus.has(itemOf(line).sku)) && (searched === undefined || itemOf(line).sku.toLowerCase().includes(searched));
}

function byIds(query: Query): Meets {
  const include = idsIn(query['include']);
  const exclude = idsIn(query['exclude']);
  const slugs = query['slug']?.split(',');
  const parents = idsIn(query['parent']);
  return (line) => {
    const { id } = itemOf(line);
    if (parents && !parents.includes(line.variation ? line.product.id : 0)) return false;
    return (include === undefined || include.includes(id)) && !exclude?.includes(id) && (slugs === undefined || slugs.includes(line.product.slug));
  };
}

function byMoment(office: Office, query: Query): Meets {
  const isGmt = truthy(query['dates_are_gmt']);
  const bound = (name: string): number | undefined => {
    const value = query[name];
    if (value === undefined) return undefined;
    const moment = momentOf(office, value, isGmt);
    if (moment === undefined) throw invalidParams({ [name]: { code: 'rest_invalid_date', message: 'Invalid date.' } });
    return moment;
  };
  const [after, before, modifiedAfter, modifiedBefore] = ['after', 'before', 'modified_after', 'modified_before'].map(bound);
  return (line) => {
    const { createdAt, modifiedAt } = itemOf(line);
    if ((after !== undefined && createdAt <= after) || (before !== undefined && createdAt >= before)) return false;
    return (modifiedAfter === undefined || modifiedAt > modifiedAfter) && (modifiedBefore === undefined || modifiedAt < modifiedBefore);
  };
}

function byShelf(office: Office, query: Query): Meets {
  const now = office.clock.now();
  const categories = idsIn(query['category']);
  const tags = idsIn(query['tag']);
  const { stock_status: stock, featured, on_sale: onSale, min_price: least, max_price: most } = query;
  return ({ product }) => {
    if (categories && !product.categories.some((id) => categories.includes(id))) return false;
    if (tags && !product.tags.some((id) => tags.includes(id))) return false;
    if (stock !== undefined && product.stockStatus !== stock) return false;
    if (featured !== undefined && (product.plain['featured'] === true) !== truthy(featured)) return false;
    if (onSale !== undefined && isOnSale(product, now) !== truthy(onSale)) return false;
    const price = effectivePrice(product, now);
    return (least === undefined || compareDecimals(price, least) >= 0) && (most === undefined || compareDecimals(price, most) <= 0);
  };
}

function bySearch({ search }: Query): Meets {
  const words = search?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  return ({ product }) => words.length === 0 || words.every((word) => `${product.name} ${product.description} ${product.shortDescription}`.toLowerCase().includes(word));
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
