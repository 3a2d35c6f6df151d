import type { Call } from './endpoint.js';
import type { Card } from './model.js';
import type { Office } from './office.js';
import { asked, spoiled, take, type PageSize } from './paging.js';
import { CARD_STATUSES, filterOf, text, type CardStatus } from './shapes.js';
import { cardStatus } from './status.js';

/** What most lists of offers can be narrowed by. */
export interface OfferFilter {
  offerIds?: string[] | null;
  cardStatuses?: CardStatus[] | null;
  categoryIds?: number[] | null;
  vendorNames?: string[] | null;
  tags?: string[] | null;
}

export const OFFER_FILTER = {
  cardStatuses: filterOf({ enum: CARD_STATUSES }),
  categoryIds: filterOf({ type: 'integer', exclusiveMinimum: 0 }),
  vendorNames: filterOf(text),
  tags: filterOf(text),
} as const;

export function meets(office: Office, card: Card, { cardStatuses, categoryIds, vendorNames, tags }: OfferFilter): boolean {
  if (cardStatuses && !cardStatuses.includes(cardStatus(office, card))) return false;
  if (categoryIds && !categoryIds.includes(card.market.categoryId || card.categoryId)) return false;
  if (vendorNames && !vendorNames.includes(card.vendor)) return false;
  const own = card.more['tags'];
  return !tags || (Array.isArray(own) && tags.some((tag) => own.includes(tag)));
}

export interface ListedOffers {
  readonly cards: readonly Card[];
  readonly paging: { nextPageToken?: string };
  /** The list as an answer, under its name. */
  answer(name: string, each: (card: Card) => object): object;
}

/** A page of offers; the offers a body names by `offerIds` come whole and without pages. */
export function listed(call: Call, list: string, filter: { offerIds?: string[] | null }, size: PageSize, wanted: (card: Card) => boolean): ListedOffers {
  const { office, key, pageFault, query } = call;
  const named = filter.offerIds ? [...new Set(filter.offerIds.map((id) => id.trim()))].flatMap((id) => office.cards.see(id) ?? []) : undefined;
  const request = asked(query, list, filter, size);
  const page = named ? { items: named, paging: {} } : take(office.cards.seenAfter(request.after), request, wanted);
  const cards = spoiled(pageFault, page.items);
  return {
    cards,
    paging: page.paging,
    answer: (name, each) => {
      const answer = { [name]: cards.map(each), paging: page.paging };
      return (named ? answer : office.pages.next(pageFault, `${list} ${key}`, answer)) as object;
    },
  };
}
