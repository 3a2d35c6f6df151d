import { unlessEmpty } from '../endpoint.js';
import { contentRating, recommendations } from '../content-rating.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { cardStatus } from '../status.js';
import { groupOf, mappingOf } from './offer.js';

/** What the market says of the content of an offer. Lists that are empty are left out. */
export function offerCard(office: Office, card: Card, advice: { average: number } | undefined): object {
  const isRated = !card.foreignCard && card.market.sku > 0;
  return {
    offerId: card.offerId,
    mapping: mappingOf(card),
    ...unlessEmpty('parameterValues', card.parameters),
    cardStatus: cardStatus(office, card),
    ...(isRated ? { contentRating: contentRating(card) } : {}),
    ...(isRated && advice ? { averageContentRating: advice.average } : {}),
    contentRatingStatus: office.tasks.isChecking(card.offerId) || card.creating ? 'UPDATING' : 'ACTUAL',
    ...(isRated && advice ? unlessEmpty('recommendations', recommendations(card)) : {}),
    ...groupOf(card),
    ...unlessEmpty('errors', card.errors),
    ...unlessEmpty('warnings', card.warnings),
  };
}
