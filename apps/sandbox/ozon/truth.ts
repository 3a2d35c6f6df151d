import type { Market } from './market.js';
import { attributeText, digest, meaning } from './meaning.js';
import { ATTR_DESCRIPTION, ATTR_TITLE, FACETS, type Card, type FacetName } from './model.js';
import { formatMoney } from './money.js';
import { notBuyableReason, statusView } from './status.js';

/** What a facet of a card is right now, readable. */
export function facetValue(market: Market, card: Card, facet: FacetName): unknown {
  const { live, price } = card;
  switch (facet) {
    case 'category':
      return { description_category_id: live.categoryId, type_id: live.typeId };
    case 'title':
      return live.name;
    case 'description':
      return attributeText(live, ATTR_DESCRIPTION);
    case 'media':
      return live.pictures.map((p) => ({ url: market.pictures.url(p), content: p.hash, source: p.source, quality: p.quality, half: p.half }));
    case 'attributes':
      return live.attributes.filter((a) => a.id !== ATTR_TITLE && a.id !== ATTR_DESCRIPTION);
    case 'dimensions':
      return {
        depth: live.depth,
        width: live.width,
        height: live.height,
        dimension_unit: live.dimensionUnit,
        weight: live.weight,
        weight_unit: live.weightUnit,
      };
    case 'presence':
      return card.removed ? 'absent' : card.archived ? `archived:${card.archived}` : 'listed';
    case 'status':
      return { ...statusView(card), not_buyable_reason: notBuyableReason(card), hidden: card.hidden };
    case 'price':
      return { price: formatMoney(price.price), old_price: formatMoney(price.oldPrice), min_price: formatMoney(price.minPrice), currency_code: price.currency };
    case 'stock':
      return card.stocks;
    case 'barcodes':
      return card.barcodes;
  }
}

export interface FacetTruth {
  value: unknown;
  /** Equal digests mean the same. */
  digest: string;
}

/** Every facet of a card as it is, with a digest of what it means. */
export function truthOf(market: Market, card: Card): Record<string, FacetTruth> {
  return Object.fromEntries(FACETS.map((f) => [f, { value: facetValue(market, card, f), digest: digest(meaning(card, f)) }]));
}
