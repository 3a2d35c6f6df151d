import { digest } from '../digest.js';
import { findLeaf } from './categories.js';
import { meaning } from './meaning.js';
import { FACETS, type Card, type FacetName } from './model.js';
import { money } from './money.js';
import type { Office } from './office.js';

type Place = Pick<Office, 'pictures'>;

/** What a facet of a card is right now, readable. */
export function facetValue({ pictures }: Place, card: Card, facet: FacetName): unknown {
  switch (facet) {
    case 'category': {
      const id = card.market.categoryId || card.categoryId;
      return { category_id: id, category: findLeaf(id)?.name ?? '', asked_category_id: card.categoryId };
    }
    case 'title':
      return card.name;
    case 'description':
      return card.description;
    case 'media':
      return card.pictures.map((one) => ({
        url: one.state === 'UPLOADED' ? pictures.url(one) : one.source,
        content: one.hash,
        source: one.source,
        state: one.state,
        quality: one.quality,
        half: one.half,
      }));
    case 'attributes':
      return { vendor: card.vendor, vendor_code: card.vendorCode, parameters: card.parameters, ...card.more };
    case 'dimensions':
      return card.dimensions;
    case 'presence':
      return card.removed ? 'absent' : card.archived ? 'archived' : 'listed';
    case 'status':
      return { blocked: card.blocked, hidden_in: card.hidden, not_placed_in: card.absent, quarantined: card.quarantine !== null, errors: card.errors, warnings: card.warnings };
    case 'price': {
      const { price, quarantine, storePrices } = card;
      const stores = Object.entries(storePrices).map(([campaign, one]) => ({ campaign_id: Number(campaign), price: money(one.value), discount_base: money(one.base) }));
      const of = (one: typeof price): object | null => one && { price: money(one.value), discount_base: money(one.base), minimum_for_bestseller: money(one.minimum) };
      return { ...of(price), currency: 'RUR', quarantine: of(quarantine), stores };
    }
    case 'stock':
      return card.stocks;
    case 'barcodes':
      return card.barcodes;
  }
}

/** Every facet of a card as it is, with a digest of what it means. */
export function truthOf(place: Place, card: Card): Record<string, { value: unknown; digest: string }> {
  return Object.fromEntries(FACETS.map((facet) => [facet, { value: facetValue(place, card, facet), digest: digest(meaning(card, facet)) }]));
}
