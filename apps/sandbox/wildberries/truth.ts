import { digest } from '../digest.js';
import { discounted, money } from './money.js';
import { meaning } from './meaning.js';
import { FACETS, type Card, type FacetName } from './model.js';
import type { Office } from './office.js';
import { findSubject } from './subjects.js';

/** What a facet of a card is right now, readable. */
export function facetValue(office: Pick<Office, 'pictures' | 'cabinet'>, card: Card, facet: FacetName): unknown {
  switch (facet) {
    case 'category':
      return { subject_id: card.subjectID, subject: findSubject(card.subjectID)?.name ?? '' };
    case 'title':
      return card.title;
    case 'description':
      return card.description;
    case 'media':
      return card.pictures.map((p) => ({ url: office.pictures.url(p), content: p.hash, source: p.source, quality: p.quality, half: p.half }));
    case 'attributes':
      return { brand: card.brand, kiz_marked: card.kizMarked, characteristics: card.characteristics, ...card.more };
    case 'dimensions':
      return card.dimensions;
    case 'presence':
      return card.removed ? 'absent' : card.trashedAt > 0 ? 'trashed' : 'listed';
    case 'status':
      return { blocked: card.blocked, shadowed: card.shadowed, quarantined: card.quarantine !== null };
    case 'price':
      return {
        price: money((card.sizes[0]?.price ?? 0) * 100),
        discounted_price: money(discounted(card.sizes[0]?.price ?? 0, card.discount)),
        discount: card.discount,
        club_discount: card.clubDiscount,
        currency: office.cabinet.current.currency,
        quarantine: card.quarantine,
      };
    case 'stock':
      return card.stocks;
    case 'barcodes':
      return card.sizes.map((size) => ({ chrt_id: size.chrtID, tech_size: size.techSize, skus: size.skus }));
  }
}

/** Every facet of a card as it is, with a digest of what it means. */
export function truthOf(office: Pick<Office, 'pictures' | 'cabinet'>, card: Card): Record<string, { value: unknown; digest: string }> {
  return Object.fromEntries(FACETS.map((facet) => [facet, { value: facetValue(office, card, facet), digest: digest(meaning(card, facet)) }]));
}
