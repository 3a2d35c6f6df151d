import { contentView } from '../answers/content.js';
import { infoView } from '../answers/info.js';
import { listView, priceView, stockView } from '../answers/offer.js';
import { attributeText } from '../meaning.js';
import { flag, id, listOf, method, shape, text, whole, type Call, type Method } from '../method.js';
import { ATTR_DESCRIPTION, type Card } from '../model.js';
import { joinAnswer, readPage, type Page, type PageQuery } from '../pages.js';
import { badRequest, notFound } from '../problem.js';

/** From this moment the field `total` is gone from list, prices and stocks; `total_items` stays. */
const TOTAL_GONE = Date.parse('2026-11-23T00:00:00Z');

interface Filter {
  offer_id?: string[];
  product_id?: (string | number)[];
  skus?: (string | number)[];
  sku?: (string | number)[];
  visibility?: string;
}

interface ListBody {
  filter: Filter;
  last_id?: string;
  cursor?: string;
  limit?: number;
}

const ids = listOf(id, 1000);
const filterShape = shape({ offer_id: listOf(text, 1000), product_id: ids, skus: ids, sku: ids, visibility: text, with_quant: { type: 'object' } });
const limit = { type: 'integer', minimum: 1, maximum: 1000 };

function query(body: ListBody, defaultLimit = 1000): PageQuery {
  return {
    visibility: body.filter.visibility,
    offerIds: body.filter.offer_id,
    productIds: body.filter.product_id,
    skus: body.filter.skus ?? body.filter.sku,
    cursor: body.last_id ?? body.cursor ?? '',
    limit: body.limit ?? defaultLimit,
  };
}

function totals(call: Call, total: number): string {
  return call.market.clock.now() < TOTAL_GONE ? `"total":${total},"total_items":${total}` : `"total_items":${total}`;
}

function forms(call: Call, page: Page, form: string, render: (card: Card) => object): Buffer[] {
  return page.cards.map((card) => call.market.cards.serialised(card, form, render));
}

const productList = method<ListBody>('/v3/product/list', shape({ filter: filterShape, last_id: text, limit }, ['filter']), (call, body) => {
  const page = readPage(call.market, query(body), call.pageFault);
  const parts = forms(call, page, 'list', listView);
  return joinAnswer('{"result":{"items":[', parts, `],"last_id":${JSON.stringify(page.next)},${totals(call, page.total)}}}`);
});

const infoList = method<{ offer_id?: string[]; product_id?: (string | number)[]; sku?: (string | number)[] }>(
  '/v3/product/info/list',
  shape({ offer_id: listOf(text, 1000), product_id: ids, sku: ids }),
  (call, body) => {
    const { cards, clock } = call.market;
    const asked = (body.offer_id?.length ?? 0) + (body.product_id?.length ?? 0) + (body.sku?.length ?? 0);
    if (asked === 0) throw badRequest('use either offer_id or product_id or sku');
    if (asked > 1000) throw badRequest('too many identifiers: at most 1000');
    const found = [
      ...(body.offer_id ?? []).map((o) => cards.byOfferId(o)),
      ...(body.product_id ?? []).map((p) => cards.byProductId(Number(p))),
      ...(body.sku ?? []).map((s) => cards.bySkuId(Number(s))),
    ].flatMap((card) => (card ? [cards.visible(card, clock.now())] : []));
    const unique = [...new Set(found.filter((card) => card !== undefined))];
    const shown = call.pageFault === 'truncated_page' ? unique.slice(0, unique.length >> 1) : unique;
    const parts = shown.map((card) => cards.serialised(card, 'info', (c) => infoView(call.market, c)));
    return joinAnswer('{"items":[', parts, ']}');
  },
);

const infoAttributes = method<ListBody & { sort_by?: string; sort_dir?: string }>(
  '/v4/product/info/attributes',
  shape({ filter: filterShape, last_id: text, limit, sort_by: text, sort_dir: text }, ['filter', 'limit']),
  (call, body) => {
    const page = readPage(call.market, query(body), call.pageFault);
    if (page.cards.length === 0 && (body.last_id ?? '') !== '') throw notFound('products not found');
    const parts = forms(call, page, 'content', (card) => contentView(call.market, card));
    return joinAnswer('{"result":[', parts, `],"last_id":${JSON.stringify(page.after)},"total":"${page.total}"}`);
  },
);

const description = method<{ offer_id?: string; product_id?: number | string }>('/v1/product/info/description', shape({ offer_id: text, product_id: id }), ({ market }, body) => {
  const stored = body.offer_id ? market.cards.byOfferId(body.offer_id) : market.cards.byProductId(Number(body.product_id ?? 0));
  const card = stored && market.cards.visible(stored, market.clock.now());
  if (!card) throw notFound('product not found');
  return {
    result: {
      id: card.productId,
      offer_id: card.offerId,
      name: card.live.name,
      description: attributeText(card.live, ATTR_DESCRIPTION),
    },
  };
});

const prices = method<ListBody>('/v5/product/info/prices', shape({ filter: filterShape, cursor: text, limit }, ['filter', 'limit']), (call, body) => {
  const page = readPage(call.market, query(body), call.pageFault);
  return joinAnswer('{"items":[', forms(call, page, 'price', priceView), `],"cursor":${JSON.stringify(page.next)},${totals(call, page.total)}}`);
});

const stocks = method<ListBody>('/v4/product/info/stocks', shape({ filter: filterShape, cursor: text, limit }, ['filter', 'limit']), (call, body) => {
  const page = readPage(call.market, query(body), call.pageFault);
  return joinAnswer('{"items":[', forms(call, page, 'stock', stockView), `],"cursor":${JSON.stringify(page.next)},${totals(call, page.total)}}`);
});

const byWarehouse = method<{ offer_id?: string[]; sku?: (string | number)[]; limit: number; cursor?: string }>(
  '/v2/product/info/stocks-by-warehouse/fbs',
  shape({ offer_id: listOf(text, 1000), sku: ids, limit, cursor: text, with_item_list: flag }, ['limit']),
  ({ market, pageFault }, body) => {
    const asked = body.offer_id?.length || body.sku?.length;
    if (!asked) throw badRequest('use either offer_id or sku');
    const page = readPage(market, { offerIds: body.offer_id, skus: body.sku, cursor: '', limit: 1000 }, pageFault);
    const rows = page.cards.flatMap((card) =>
      market.cabinet.current.warehouses.flatMap((warehouse) => {
        const stock = card.stocks[String(warehouse.id)];
        if (!stock) return [];
        return [
          {
            product_id: card.productId,
            offer_id: card.offerId,
            sku: card.sku,
            warehouse_id: warehouse.id,
            warehouse_name: warehouse.name,
            present: stock.present,
            reserved: stock.reserved,
            free_stock: stock.present - stock.reserved,
          },
        ];
      }),
    );
    const from = Number(body.cursor || 0);
    const shown = rows.slice(from, from + body.limit);
    const hasNext = from + body.limit < rows.length;
    return { products: shown, has_next: hasNext, cursor: hasNext ? String(from + body.limit) : '' };
  },
);

const picturesInfo = method<{ product_id: (string | number)[] }>('/v2/product/pictures/info', shape({ product_id: ids }, ['product_id']), ({ market }, body) => {
  const items = body.product_id.flatMap((productId) => {
    const stored = market.cards.byProductId(Number(productId));
    const card = stored && market.cards.visible(stored, market.clock.now());
    if (!card) return [];
    const urls = card.live.pictures.map((p) => market.pictures.url(p));
    const color = card.live.colorPicture ? [market.pictures.url(card.live.colorPicture)] : [];
    return [{ product_id: card.productId, primary_photo: urls.slice(0, 1), photo: urls.slice(1), color_photo: color, errors: card.pictureErrors }];
  });
  return { items };
});

const warehouses = method<{ limit: number; cursor?: string; warehouse_ids?: (string | number)[] }>(
  '/v2/warehouse/list',
  shape({ limit: { ...whole, minimum: 1, maximum: 200 }, cursor: text, warehouse_ids: ids }, ['limit']),
  ({ market }, body) => {
    const wanted = new Set((body.warehouse_ids ?? []).map(String));
    const all = market.cabinet.current.warehouses.filter((w) => wanted.size === 0 || wanted.has(String(w.id)));
    return {
      warehouses: all.slice(0, body.limit).map((w) => ({
        warehouse_id: w.id,
        name: w.name,
        status: w.active ? 'created' : 'disabled',
        is_rfbs: false,
        is_kgt: false,
        is_express: false,
        is_auto_assembly: false,
        working_days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
        first_mile: { type: 'DROP_OFF', dropoff_point_id: '1020002075314000', first_mile_is_changing: false, timeslot_from: '20:00', timeslot_id: 1, timeslot_to: '21:00' },
        postings_limit: -1,
        created_at: '2025-03-11T11:57:51Z',
        updated_at: '2025-03-11T11:57:51Z',
      })),
      has_next: false,
      cursor: '',
    };
  },
);

export const readingMethods: Method[] = [productList, infoList, infoAttributes, description, prices, stocks, byWarehouse, picturesInfo, warehouses];
