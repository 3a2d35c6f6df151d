import type { Call } from './endpoint.js';
import { keyOf } from './model.js';
import type { ProductBook } from './products.js';

/** The goods that a request speaks of, by number or article, under the names the control surface has for them. */
export function keysIn(products: ProductBook, { ids, query, body, path }: Pick<Call, 'ids' | 'query' | 'body' | 'path'>): string[] {
  const found = new Set<string>();
  const byId = (id: unknown): void => {
    const owned = products.item(Number(id ?? 0));
    if (!owned) return;
    found.add(keyOf(owned.product));
    if (owned.variation) found.add(keyOf(owned.variation));
  };
  const byBody = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) return byId(item);
    const { id, sku } = item as { id?: unknown; sku?: unknown };
    byId(id);
    if (typeof sku === 'string' && sku !== '') found.add(sku);
  };
  if (path.startsWith('/products/') && !/^\/products\/(categories|tags|attributes)/.test(path)) Object.values(ids).forEach(byId);
  for (const sku of query['sku']?.split(',') ?? []) found.add(sku);
  byBody(body);
  for (const list of ['create', 'update', 'delete']) if (Array.isArray(body[list])) body[list].forEach(byBody);
  return [...found];
}
