import type { Card } from '../model.js';
import { freeStock } from '../status.js';
import { volumeWeight } from './info.js';

/** A card in `/v3/product/list`. */
export function listView(card: Card): object {
  return {
    product_id: card.productId,
    offer_id: card.offerId,
    sku: card.sku,
    archived: card.archived !== '',
    has_fbo_stocks: false,
    has_fbs_stocks: freeStock(card) > 0,
    is_discounted: false,
    quants: [],
  };
}

/** A card in `/v5/product/info/prices`: numbers, not strings. */
export function priceView(card: Card): object {
  const { price } = card;
  const rubles = (kopecks: number): number => kopecks / 100;
  return {
    product_id: card.productId,
    offer_id: card.offerId,
    acquiring: 0,
    volume_weight: volumeWeight(card),
    price: {
      price: rubles(price.price),
      old_price: rubles(price.oldPrice),
      min_price: rubles(price.minPrice),
      marketing_seller_price: rubles(price.price),
      net_price: rubles(price.netPrice),
      retail_price: 0,
      currency_code: price.currency,
      vat: Number(price.vat),
      auto_action_enabled: price.autoAction,
      auto_add_to_ozon_actions_list_enabled: price.autoAdd,
    },
    price_indexes: { color_index: 'WITHOUT_INDEX', external_index_data: null, ozon_index_data: null, self_marketplaces_index_data: null },
    commissions: {
      sales_percent_fbo: 15,
      sales_percent_fbp: 15,
      sales_percent_fbs: 15,
      sales_percent_rfbs: 15,
      fbo_deliv_to_customer_amount: 0,
      fbo_direct_flow_trans_max_amount: 0,
      fbo_direct_flow_trans_min_amount: 0,
      fbo_return_flow_amount: 0,
      fbs_deliv_to_customer_amount: 0,
      fbs_direct_flow_trans_max_amount: 0,
      fbs_direct_flow_trans_min_amount: 0,
      fbs_first_mile_max_amount: 0,
      fbs_first_mile_min_amount: 0,
      fbs_return_flow_amount: 0,
    },
    marketing_actions: null,
  };
}

/** A card in `/v4/product/info/stocks`: `present` includes what is reserved. */
export function stockView(card: Card): object {
  const entries = Object.entries(card.stocks);
  return {
    product_id: card.productId,
    offer_id: card.offerId,
    stocks: [
      {
        type: 'fbs',
        present: entries.reduce((sum, [, s]) => sum + s.present, 0),
        reserved: entries.reduce((sum, [, s]) => sum + s.reserved, 0),
        sku: card.sku,
        shipment_type: 'SHIPMENT_TYPE_GENERAL',
        warehouse_ids: entries.map(([id]) => Number(id)),
      },
    ],
  };
}
