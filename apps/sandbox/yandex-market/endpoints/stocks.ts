import { stamp } from '../clock-text.js';
import type { Campaign } from '../cabinet.js';
import { endpoint, ok, type Call, type Endpoint } from '../endpoint.js';
import { perMinute } from '../limits.js';
import type { Card, Stock } from '../model.js';
import { listed } from '../offer-filter.js';
import { badRequest } from '../problem.js';
import { filterOf, flag, listOf, offerId, shape, text } from '../shapes.js';
import type { StocksWork } from '../work.js';

const V2 = '/v2/campaigns/{campaignId}/offers/stocks';
const V3 = '/v3/businesses/{businessId}/offers/stocks';
const READ = { areas: ['offers-and-cards-management'] } as const;
const WRITE = { ...READ, writes: true } as const;
const DAY = 86_400_000;
const count = { type: 'integer', minimum: 0, maximum: 2_000_000_000 } as const;
const warehouse = { type: 'integer', minimum: 1 } as const;

interface StockFilter {
  offerIds?: string[] | null;
  archived?: boolean;
  stocksWarehouseId?: number;
}

/** Pieces in warehouses: by store, and (where warehouses form no groups) by warehouse of the business. */
export const stockEndpoints: Endpoint[] = [
  endpoint<{ skus: { sku: string; items: [{ count: number; updatedAt?: string }] }[] }>(
    {
      ...{ verb: 'PUT', path: V2, need: WRITE, limit: perMinute('offers/stocks (PUT)', 100_000) },
      units: ({ skus }) => skus.length,
      bodyNeeded: true,
      body: shape({ skus: listOf(shape({ sku: offerId, items: listOf(shape({ count, updatedAt: text }, ['count']), 1) }, ['sku', 'items']), 2000) }, ['skus']),
    },
    (call, { skus }) => {
      const warehouseId = storeOf(call).warehouse.id;
      write(
        call,
        skus.map(({ sku, items: [item] }) => ({ ...item, sku, warehouseId })),
      );
      return ok();
    },
  ),

  endpoint<StockFilter | undefined>(
    {
      ...{ verb: 'POST', path: V2, need: READ, limit: perMinute('offers/stocks', 100_000), units: 'returned' },
      body: shape({ stocksWarehouseId: warehouse, hasStocks: flag, withTurnover: flag, archived: flag, offerIds: filterOf(offerId, 500) }),
    },
    (call, filter) => {
      const { id } = storeOf(call).warehouse;
      const asked = filter?.stocksWarehouseId ?? id;
      // Since August 2026 a page has a hundred at most, and more is cut.
      const page = listed(call, `stocks ${id}`, filter ?? {}, { usual: 50, most: 100, over: 'cut' }, (card) => asked === id && isListed(card, id, filter?.archived ?? false));
      const offers = page.cards.flatMap((card) => stockAnswer(card, id));
      return ok({ warehouses: asked === id && offers.length > 0 ? [{ warehouseId: id, offers }] : [], paging: page.paging }, offers.length);
    },
  ),

  endpoint<{ skuItems: { sku: string; partnerWarehouseId: number; count: number; updatedAt?: string }[] }>(
    {
      ...{ verb: 'POST', path: `${V3}/update`, need: WRITE, limit: perMinute('v3 offers/stocks/update', 50), bodyNeeded: true },
      body: shape({ skuItems: listOf(shape({ sku: offerId, partnerWarehouseId: warehouse, count, updatedAt: text }, ['sku', 'partnerWarehouseId', 'count']), 2000) }, ['skuItems']),
    },
    (call, { skuItems }) => {
      ungrouped(call);
      for (const { partnerWarehouseId } of skuItems) known(call, partnerWarehouseId);
      write(
        call,
        skuItems.map(({ partnerWarehouseId, ...item }) => ({ ...item, warehouseId: partnerWarehouseId })),
      );
      return ok();
    },
  ),

  endpoint<{ partnerWarehouseId: number; archived?: boolean; offerIds?: string[] | null }>(
    {
      ...{ verb: 'POST', path: V3, need: READ, limit: perMinute('v3 offers/stocks', 500), bodyNeeded: true },
      body: shape({ partnerWarehouseId: warehouse, archived: flag, offerIds: filterOf(offerId, 500) }, ['partnerWarehouseId']),
    },
    (call, filter) => {
      ungrouped(call);
      const { id } = known(call, filter.partnerWarehouseId);
      const page = listed(call, `v3 stocks ${id}`, filter, { usual: 100, most: 200, over: 'refuse' }, (card) => isListed(card, id, filter.archived ?? false));
      return ok({ partnerWarehouseId: id, offers: page.cards.flatMap((card) => stockAnswer(card, id)), paging: page.paging });
    },
  ),
];

function storeOf({ campaign }: Call): Campaign {
  if (!campaign) throw badRequest('Campaign is not specified');
  return campaign;
}

function ungrouped({ office }: Call): void {
  if (office.cabinet.current.warehouse_groups) throw badRequest('Method is not available for businesses with warehouse groups', 'GROUPED_WAREHOUSE');
}

function known({ office }: Call, id: number): Campaign['warehouse'] {
  const found = office.cabinet.warehouse(id);
  if (!found) throw badRequest(`Warehouse '${id}' not found`, 'INVALID_WAREHOUSE_ID');
  return found;
}

function write({ office, key, method }: Call, items: readonly { sku: string; warehouseId: number; count: number; updatedAt?: string }[]): void {
  const now = office.clock.now();
  const seen = new Set<string>();
  const stocks = items.map(({ sku, warehouseId, count: pieces, updatedAt }): StocksWork['stocks'][number] => {
    const article = sku.trim();
    if (seen.has(`${warehouseId}/${article}`)) throw badRequest(`Duplicate shop-sku '${article}' for warehouse '${warehouseId}'`);
    seen.add(`${warehouseId}/${article}`);
    const at = updatedAt === undefined ? now : Date.parse(updatedAt);
    if (Number.isNaN(at)) throw badRequest(`JSON: '${updatedAt}' is not a date of ISO 8601`);
    if (at > now) throw badRequest(`Stock for '${article}' should not be in the future`);
    if (at < now - DAY) throw badRequest(`Stock for '${article}' should not be older than a day`);
    return { offerId: article, warehouseId, count: pieces, at };
  });
  office.tasks.add({ key, method, within: office.cabinet.current.stock_seconds, work: { kind: 'stocks', stocks } });
}

const isListed = (card: Card, warehouseId: number, archived: boolean): boolean => card.stocks[String(warehouseId)] !== undefined && card.archived === archived;

function stockAnswer({ offerId: id, stocks }: Card, warehouseId: number): object[] {
  const stock = stocks[String(warehouseId)];
  return stock ? [{ offerId: id, stocks: kinds(stock), updatedAt: stamp(stock.at) }] : [];
}

function kinds({ fit, freeze }: Stock): object[] {
  return [{ type: 'FIT', count: fit }, ...(freeze > 0 ? [{ type: 'FREEZE', count: freeze }] : []), { type: 'AVAILABLE', count: Math.max(0, fit - freeze) }];
}
