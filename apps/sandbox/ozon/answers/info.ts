import type { Market } from '../market.js';
import type { Card, CardError } from '../model.js';
import { formatMoney } from '../money.js';
import { freeStock, isBuyable, statusView } from '../status.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A card in `/v3/product/info/list`: the main picture stands apart, prices are strings. */
export function infoView(market: Market, card: Card): object {
  const { live, price } = card;
  const urls = live.pictures.map((p) => market.pictures.url(p));
  const sku = card.sku;
  return {
    id: card.productId,
    offer_id: card.offerId,
    sku,
    name: live.name,
    barcodes: card.barcodes,
    description_category_id: live.categoryId,
    type_id: live.typeId,
    price: formatMoney(price.price, price.decimals),
    old_price: price.oldPrice ? formatMoney(price.oldPrice, price.decimals) : '',
    min_price: price.minPrice ? formatMoney(price.minPrice, price.decimals) : '',
    currency_code: price.currency,
    vat: price.vat,
    primary_image: urls.slice(0, 1),
    images: urls.slice(1),
    color_image: live.colorPicture ? [market.pictures.url(live.colorPicture)] : [],
    is_archived: card.archived !== '',
    is_autoarchived: card.archived === 'auto' || card.archived === 'seasonal',
    is_kgt: false,
    is_super: false,
    is_discounted: false,
    is_prepayment_allowed: true,
    has_discounted_fbo_item: false,
    discounted_fbo_stocks: 0,
    volume_weight: volumeWeight(card),
    visibility_details: { has_price: price.price > 0, has_stock: freeStock(card) > 0 },
    availabilities: sku === 0 ? [] : [availability(card)],
    statuses: { ...statusView(card), status_tooltip: '', status_updated_at: iso(card.statusAt) },
    errors: card.errors.map(errorView),
    model_info: market.cards.model(card),
    stocks: {
      has_stock: freeStock(card) > 0,
      stocks: Object.values(card.stocks).map((s) => ({ sku, source: 'fbs', present: s.present, reserved: s.reserved })),
    },
    sources: sku === 0 ? [] : [{ sku, source: 'sds', created_at: iso(card.createdAt), shipment_type: 'SHIPMENT_TYPE_GENERAL', quant_code: '' }],
    price_indexes: { color_index: 'COLOR_INDEX_WITHOUT_INDEX', external_index_data: null, ozon_index_data: null, self_marketplaces_index_data: null },
    commissions: [{ sale_schema: 'FBS', percent: 15, value: 0, delivery_amount: 0, return_amount: 0 }],
    promotions: [],
    created_at: iso(card.createdAt),
    updated_at: iso(card.updatedAt),
  };
}

/** Litres of the parcel, the channel's "volume weight". */
export function volumeWeight(card: Card): number {
  const { depth, width, height, dimensionUnit } = card.live;
  const mm = dimensionUnit === 'cm' ? 10 : dimensionUnit === 'in' ? 25.4 : 1;
  return Math.round((depth * width * height * mm ** 3) / 1e5) / 10;
}

function availability(card: Card): object {
  const hidden = card.hidden !== '' || card.quarantined || card.stuck;
  const text = card.hidden || (card.quarantined ? 'Цена изменилась более чем на 50%: товар в карантине' : '');
  return {
    sku: card.sku,
    source: 'sds',
    availability: hidden || card.archived !== '' ? 'HIDDEN' : isBuyable(card) || freeStock(card) <= 0 ? 'AVAILABLE' : 'HIDDEN',
    reasons: text === '' ? [] : [{ id: card.quarantined ? 12 : 34, human_text: { text } }],
  };
}

function errorView(error: CardError): object {
  return {
    code: error.code,
    level: error.level,
    state: error.state,
    field: error.field,
    attribute_id: error.attributeId,
    texts: {
      attribute_name: error.attributeName,
      description: error.message,
      message: error.message,
      short_description: error.message,
      hint_code: '',
      params: [],
    },
  };
}
