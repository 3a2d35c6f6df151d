import type { InjectionBook } from '../../gremlins/injections.js';
import { buyerView } from '../buyer.js';
import { keyOf, type Product } from '../model.js';
import type { Office } from '../office.js';
import { truthOf } from '../truth.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The whole truth about one product. */
export function cardTruth(office: Office, injections: InjectionBook<Product>, product: Product): object {
  return {
    offer_id: keyOf(product),
    product_id: product.id,
    type: product.type,
    variations: product.variations.map(({ id, sku, gtin }) => ({ id, sku, gtin })),
    facets: truthOf(office, product),
    before_scramble: injections.of(keyOf(product)).map((i) => ({ injection_id: i.id, kind: i.kind, facet: i.facet, value: i.beforeValue })),
    buyer_view: buyerView(office, product),
    meta_data: product.meta,
    created_at: iso(product.createdAt),
    modified_at: iso(product.modifiedAt),
  };
}

/** One line about each product, for walking all of them. */
export function cardPage(office: Office, cursor: string, limit: number): { cards: object[]; cursor: string } {
  const from = /^\d+$/.test(cursor) ? Number(cursor) : 0;
  const products = [...office.products.all()].slice(from, from + limit);
  const cards = products.map((product) => ({
    offer_id: keyOf(product),
    product_id: product.id,
    digests: Object.fromEntries(Object.entries(truthOf(office, product)).map(([facet, truth]) => [facet, truth.digest])),
  }));
  return { cards, cursor: cards.length === limit ? String(from + limit) : '' };
}
