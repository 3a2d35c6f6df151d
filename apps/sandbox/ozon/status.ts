import type { Card } from './model.js';

export interface StatusView {
  status: string;
  status_failed: string;
  moderate_status: string;
  validation_status: string;
  status_name: string;
  status_description: string;
  is_created: boolean;
}

export function freeStock(card: Card): number {
  return Object.values(card.stocks).reduce((sum, s) => sum + s.present - s.reserved, 0);
}

/** Blocked from sale by an error that the channel still holds against the card. */
export function hasBlockingError(card: Card): boolean {
  return card.errors.some((e) => e.level === 'ERROR_LEVEL_ERROR');
}

export function isBuyable(card: Card): boolean {
  return (
    !card.removed &&
    card.sku !== 0 &&
    card.archived === '' &&
    card.hidden === '' &&
    !card.stuck &&
    !card.quarantined &&
    card.price.price > 0 &&
    freeStock(card) > 0 &&
    !(hasBlockingError(card) && !card.declined)
  );
}

/** Why a buyer cannot buy the card now; empty when they can. */
export function notBuyableReason(card: Card): string {
  if (isBuyable(card)) return '';
  if (card.removed) return 'absent';
  if (card.archived) return `archived:${card.archived}`;
  if (card.sku === 0) return card.declined ? 'declined' : 'not_created';
  if (card.stuck) return 'stuck';
  if (card.hidden) return 'hidden';
  if (card.quarantined) return 'quarantine';
  if (card.price.price <= 0) return 'no_price';
  if (freeStock(card) <= 0) return 'no_stock';
  return 'blocking_error';
}

export function statusView(card: Card): StatusView {
  const view: StatusView = {
    status: 'price_sent',
    status_failed: '',
    moderate_status: 'approved',
    validation_status: 'success',
    status_name: 'Продается',
    status_description: '',
    is_created: card.sku !== 0,
  };
  if (card.sku === 0 && card.pending) {
    return { ...view, status: 'moderating', moderate_status: 'in-moderating', status_name: 'На модерации' };
  }
  if (card.sku === 0) {
    const failed = card.declined ? 'declined' : 'validation';
    return {
      ...view,
      status: card.declined ? 'failed_moderation' : 'failed_validation',
      status_failed: failed,
      moderate_status: card.declined ? 'declined' : '',
      validation_status: card.declined ? 'success' : 'fail',
      status_name: 'Не создан',
    };
  }
  if (card.archived) return { ...view, status_name: 'Архивный' };
  if (card.stuck) {
    return { ...view, status: 'imported', status_failed: 'imported', validation_status: 'fail', status_name: 'Не обновлен' };
  }
  if (card.declined) return { ...view, status_failed: 'declined', moderate_status: 'declined', status_name: 'Не обновлен' };
  if (card.hidden) return { ...view, status_name: 'Снят с продажи', status_description: 'Скрыт' };
  if (card.quarantined) return { ...view, status_name: 'Снят с продажи', status_description: 'Карантин цен' };
  if (card.pending) return { ...view, moderate_status: 'in-moderating', status_name: sellName(card), status_description: 'Обновляется' };
  if (freeStock(card) <= 0) return { ...view, status_name: 'Готов к продаже', status_description: 'Нет на складе' };
  if (card.errors.length > 0) return { ...view, status_name: 'Продается', status_description: 'На доработку' };
  return view;
}

function sellName(card: Card): string {
  return freeStock(card) > 0 ? 'Продается' : 'Готов к продаже';
}
