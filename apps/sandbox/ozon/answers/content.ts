import type { Market } from '../market.js';
import type { Card } from '../model.js';

/** A card in `/v4/product/info/attributes`: all pictures in one list, `sku` as a string, complex values in camel case. */
export function contentView(market: Market, card: Card): object {
  const { live } = card;
  const urls = live.pictures.map((p) => market.pictures.url(p));
  return {
    id: card.productId,
    barcode: card.barcodes[0] ?? '',
    barcodes: card.barcodes,
    name: live.name,
    offer_id: card.offerId,
    type_id: live.typeId,
    description_category_id: live.categoryId,
    height: live.height,
    depth: live.depth,
    width: live.width,
    dimension_unit: live.dimensionUnit,
    weight: live.weight,
    weight_unit: live.weightUnit,
    primary_image: urls[0] ?? '',
    images: urls,
    color_image: live.colorPicture ? market.pictures.url(live.colorPicture) : '',
    sku: String(card.sku),
    model_info: market.cards.model(card),
    pdf_list: live.pdf,
    attributes: live.attributes,
    attributes_with_defaults: live.defaults,
    complex_attributes: live.complexAttributes.map((a) => ({
      id: a.id,
      complex_id: a.complex_id,
      values: a.values.map((v) => ({ dictionaryValueId: v.dictionary_value_id, value: v.value })),
    })),
  };
}
