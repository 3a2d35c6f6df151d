import type { InjectionBook } from '../../gremlins/injections.js';
import { buyerView } from '../buyer.js';
import { keyOf, type Ware } from '../model.js';
import type { Office } from '../office.js';
import { truthOf } from '../truth.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The whole truth about goods or one variation of them. */
export function cardTruth(office: Office, injections: InjectionBook<Ware>, ware: Ware): object {
  const product = office.products.productOf(ware);
  return {
    offer_id: keyOf(ware),
    product_id: product.id,
    variation_id: ware === product ? null : ware.id,
    type: ware === product ? product.type : 'variation',
    variations: product.variations.map(({ id, sku, gtin }) => ({ id, sku, gtin })),
    facets: truthOf(office, ware),
    before_scramble: injections.of(keyOf(ware)).map((i) => ({ injection_id: i.id, kind: i.kind, facet: i.facet, value: i.beforeValue })),
    buyer_view: buyerView(office, product),
    meta_data: ware.meta,
    created_at: iso(ware.createdAt),
    modified_at: iso(ware.modifiedAt),
  };
}

/** One line about each ware, for walking all of them. */
export function cardPage(office: Office, cursor: string, limit: number): { cards: object[]; cursor: string } {
  const from = /^\d+$/.test(cursor) ? Number(cursor) : 0;
  const wares = [...office.products.wares()].slice(from, from + limit);
  const cards = wares.map((ware) => ({
    offer_id: keyOf(ware),
    product_id: office.products.productOf(ware).id,
    digests: Object.fromEntries(Object.entries(truthOf(office, ware)).map(([facet, truth]) => [facet, truth.digest])),
  }));
  return { cards, cursor: cards.length === limit ? String(from + limit) : '' };
}
