import { flag, id, listOf, method, shape, text, whole, type Call, type Method } from '../method.js';
import type { Card } from '../model.js';
import { parseMoney } from '../money.js';
import { FLOOR_MS, priceRuleErrors, setPrice, type PriceError } from '../price-rules.js';
import { beforeChange, facetWrite, noteWrite } from '../writes.js';

interface PriceItem {
  offer_id?: string;
  product_id?: number | string;
  price?: string;
  old_price?: string;
  min_price?: string;
  net_price?: string;
  vat?: string;
  currency_code?: string;
  auto_action_enabled?: string;
  auto_add_to_ozon_actions_list_enabled?: string;
  min_price_for_auto_actions_enabled?: boolean;
}

interface StockItem {
  offer_id?: string;
  product_id?: number | string;
  stock: number;
  warehouse_id: number | string;
}

const problem = (code: string, message: string): PriceError => ({ code, message });
const moneyText = { type: 'string', maxLength: 20 };

/** The card an item means; the article wins when both ids are given. */
function named(call: Call, item: { offer_id?: string; product_id?: number | string }): Card | undefined {
  if (item.offer_id) return call.market.cards.byOfferId(item.offer_id);
  return call.market.cards.byProductId(Number(item.product_id ?? 0));
}

const importPrices = method<{ prices: PriceItem[] }>(
  '/v1/product/import/prices',
  shape(
    {
      prices: listOf(
        shape({
          offer_id: text,
          product_id: id,
          price: moneyText,
          old_price: moneyText,
          min_price: moneyText,
          net_price: moneyText,
          vat: text,
          currency_code: text,
          auto_action_enabled: text,
          auto_add_to_ozon_actions_list_enabled: text,
          price_strategy_enabled: text,
          min_price_for_auto_actions_enabled: flag,
        }),
        1000,
        1,
      ),
    },
    ['prices'],
  ),
  (call, body) => ({
    result: body.prices.map((item) => {
      const card = named(call, item);
      const errors = card ? writePrice(call, card, item) : [problem('NOT_FOUND_ERROR', 'Product not found')];
      return {
        product_id: card?.productId ?? Number(item.product_id ?? 0),
        offer_id: card?.offerId ?? item.offer_id ?? '',
        updated: errors.length === 0,
        errors,
      };
    }),
  }),
);

function writePrice(call: Call, card: Card, item: PriceItem): PriceError[] {
  const { market } = call;
  const amount = (value: string | undefined, now: number): number => (value === undefined || value === '' ? now : (parseMoney(value) ?? -1));
  const next = {
    price: amount(item.price, card.price.price),
    oldPrice: amount(item.old_price, card.price.oldPrice),
    minPrice: amount(item.min_price, card.price.minPrice),
    netPrice: amount(item.net_price, card.price.netPrice),
  };
  if (Object.values(next).some((v) => v < 0)) return [problem('price_negative', 'price is not a number')];
  if (item.currency_code && item.currency_code !== card.price.currency) return [problem('currency_differs', 'currency differs')];
  if (card.price.autoAction && next.minPrice !== card.price.minPrice && item.auto_action_enabled !== 'DISABLED') {
    return [problem('action_price_enabled_min_price_missing', 'auto apply is on')];
  }
  const refused = priceRuleErrors(next, true);
  if (refused.length > 0) return refused;
  if (!market.limits.priceChange(card.productId)) {
    return [problem('error limiting: acquire limit per item: items limit: limit exceeded', 'limit exceeded')];
  }
  beforeChange(market, card);
  const write = facetWrite(card, 'price', () => {
    setPrice(card, {
      ...next,
      vat: item.vat || card.price.vat,
      autoAction: switched(item.auto_action_enabled, card.price.autoAction),
      autoAdd: switched(item.auto_add_to_ozon_actions_list_enabled, card.price.autoAdd),
      floorUntil: floorUntil(item.min_price_for_auto_actions_enabled, card, market.clock.now()),
    });
    card.updatedAt = market.clock.now();
  });
  market.cards.save(card);
  note(call, '/v1/product/import/prices', card, write);
  return [];
}

function floorUntil(wanted: boolean | undefined, card: Card, now: number): number {
  if (wanted === undefined) return card.price.floorUntil;
  return wanted ? now + FLOOR_MS : 0;
}

function switched(value: string | undefined, now: boolean): boolean {
  return value === 'ENABLED' ? true : value === 'DISABLED' ? false : now;
}

function note(call: Call, path: string, card: Card, write: ReturnType<typeof facetWrite>): void {
  noteWrite(call.market, {
    key: call.key,
    method: path,
    taskId: 0,
    offerId: card.offerId,
    fullCard: false,
    revalidates: false,
    facets: [write],
  });
}

const writeStocks = method<{ stocks: StockItem[] }>(
  '/v2/products/stocks',
  shape({ stocks: listOf(shape({ offer_id: text, product_id: id, stock: { ...whole, minimum: 0 }, warehouse_id: id, quant_size: whole }, ['stock', 'warehouse_id']), 100, 1) }, [
    'stocks',
  ]),
  (call, body) => ({
    result: body.stocks.map((item) => {
      const card = named(call, item);
      const errors = card ? writeStock(call, card, item) : [problem(item.offer_id ? 'offer_id_not_found' : 'NOT_FOUND_ERROR', 'Product not found')];
      return {
        product_id: card?.productId ?? Number(item.product_id ?? 0),
        offer_id: card?.offerId ?? item.offer_id ?? '',
        warehouse_id: Number(item.warehouse_id),
        updated: errors.length === 0,
        errors,
      };
    }),
  }),
);

function writeStock(call: Call, card: Card, item: StockItem): PriceError[] {
  const { market } = call;
  const warehouseId = Number(item.warehouse_id);
  const warehouse = market.cabinet.current.warehouses.find((w) => w.id === warehouseId);
  if (!warehouse?.active) return [problem('WAREHOUSE_NOT_FOUND', 'Warehouse not found')];
  if (item.stock >= 1_000_000) return [problem('STOCK_TOO_BIG', 'Stock is too big')];
  if (card.archived) return [problem('PRODUCT_IS_ARCHIVED', 'Product is archived')];
  if (card.sku === 0) return [problem('product_is_not_created', 'Product is not created')];
  if (!market.limits.stockPair(card.productId, warehouseId)) return [problem('TOO_MANY_REQUESTS', 'Stock is updated too frequently')];
  beforeChange(market, card);
  const write = facetWrite(card, 'stock', () => {
    const reserved = card.stocks[String(warehouseId)]?.reserved ?? 0;
    card.stocks[String(warehouseId)] = { present: item.stock + reserved, reserved };
  });
  market.cards.save(card);
  note(call, '/v2/products/stocks', card, write);
  return [];
}

export const offerMethods: Method[] = [importPrices, writeStocks];
