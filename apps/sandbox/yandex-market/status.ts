import type { Campaign } from './cabinet.js';
import type { Card, Note } from './model.js';
import type { Office } from './office.js';
import { missingParameters } from './parameters.js';
import type { CampaignStatus, CardStatus } from './shapes.js';

/** How far the card of an offer is. */
export function cardStatus({ tasks, cabinet }: Pick<Office, 'tasks' | 'cabinet'>, card: Card): CardStatus {
  if (card.foreignCard) return 'HAS_CARD_CAN_NOT_UPDATE';
  if (card.market.sku > 0) {
    if (tasks.isChecking(card.offerId)) return 'HAS_CARD_CAN_UPDATE_PROCESSING';
    return card.errors.length > 0 ? 'HAS_CARD_CAN_UPDATE_ERRORS' : 'HAS_CARD_CAN_UPDATE';
  }
  if (card.creating || tasks.isChecking(card.offerId)) return 'NO_CARD_PROCESSING';
  if (card.errors.length > 0) return 'NO_CARD_ERRORS';
  if (missingParameters(card.categoryId, card.parameters).length > 0) return 'NO_CARD_NEED_CONTENT';
  return cabinet.current.campaigns.every(({ id }) => card.absent.includes(id)) ? 'NO_CARD_ADD_TO_CAMPAIGN' : 'NO_CARD_PROCESSING';
}

/** What an offer is in one store; undefined when it is not in it. */
export function campaignStatus(office: Pick<Office, 'tasks' | 'cabinet'>, card: Card, campaign: Campaign): CampaignStatus | undefined {
  if (card.absent.includes(campaign.id)) return undefined;
  if (card.archived) return 'ARCHIVED';
  if (card.market.sku === 0 && !card.foreignCard) return cardStatus(office, card) === 'NO_CARD_PROCESSING' ? 'CREATING_CARD' : 'NO_CARD';
  if (card.hidden.includes(campaign.id)) return 'DISABLED_BY_PARTNER';
  if (storeErrors(card).length > 0) return 'DISABLED_AUTOMATICALLY';
  return availableIn(card, campaign) > 0 ? 'PUBLISHED' : 'NO_STOCKS';
}

/** What keeps an offer from being sold in its stores. */
export function storeErrors({ blocked, price }: Card): Note[] {
  const noPrice = price ? [] : [{ message: 'Не указана цена', comment: 'Передайте цену товара' }];
  return blocked ? [{ message: blocked, comment: 'Исправьте ошибки или обратитесь в поддержку' }, ...noPrice] : noPrice;
}

/** Pieces that can be ordered in a store. */
export function availableIn(card: Card, { warehouse }: Campaign): number {
  const stock = card.stocks[String(warehouse.id)];
  return stock ? Math.max(0, stock.fit - stock.freeze) : 0;
}
