import { sendId } from '#kernel';
import type { Warehouse } from './yandex-market.stock-reading.js';

/** Pieces of one article in one warehouse, as an operation composes them. */
export interface SentStock {
  readonly sku: string;
  readonly warehouse: string;
  readonly count: number;
}

/**
 * The request that sets these pieces. When they were counted is not told: Market takes the moment of the request, and a moment of
 * ours that is a second ahead of its clock would refuse the whole of it.
 */
export function stockRequest(rows: readonly SentStock[], warehouses: readonly Warehouse[]): { readonly endpoint: 'setStocks' | 'setPartnerStocks'; readonly body: unknown } {
  const third = new Set(warehouses.filter((warehouse) => warehouse.version === 3).map((warehouse) => warehouse.id));
  if (rows.every((row) => third.has(row.warehouse))) {
    return { endpoint: 'setPartnerStocks', body: { skuItems: rows.map(({ sku, warehouse, count }) => ({ sku, partnerWarehouseId: sendId(warehouse), count })) } };
  }
  return { endpoint: 'setStocks', body: { skus: rows.map(({ sku, count }) => ({ sku, items: [{ count }] })) } };
}
