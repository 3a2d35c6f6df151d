import type { Card } from './model.js';
import { freeStock, hasBlockingError, isBuyable } from './status.js';

type Rule = (card: Card) => boolean;

const here =
  (rule: Rule): Rule =>
  (card) =>
    card.archived === '' && rule(card);
const priced = (card: Card): boolean => card.price.price > 0;

/** What each filter of the list endpoints lets through. `ALL` leaves archived cards out, as the real one does. */
const RULES: Record<string, Rule> = {
  ALL: here(() => true),
  VISIBLE: here(isBuyable),
  INVISIBLE: here((c) => !isBuyable(c)),
  EMPTY_STOCK: here((c) => freeStock(c) <= 0),
  NOT_MODERATED: here((c) => c.pending !== null),
  MODERATED: here((c) => c.pending === null && !c.declined),
  DISABLED: here((c) => c.sku !== 0 && !isBuyable(c)),
  STATE_FAILED: here((c) => c.stuck || c.declined),
  READY_TO_SUPPLY: here((c) => c.sku !== 0),
  VALIDATION_STATE_PENDING: here((c) => c.sku === 0 && c.pending !== null),
  VALIDATION_STATE_FAIL: here((c) => c.stuck || (c.sku === 0 && c.pending === null) || hasBlockingError(c)),
  VALIDATION_STATE_SUCCESS: here((c) => !c.stuck && !hasBlockingError(c)),
  TO_SUPPLY: here((c) => c.sku !== 0 && freeStock(c) <= 0 && priced(c) && !c.hidden && !c.quarantined && !c.stuck),
  IN_SALE: here(isBuyable),
  REMOVED_FROM_SALE: here((c) => c.hidden !== '' || c.quarantined),
  OVERPRICED: () => false,
  CRITICALLY_OVERPRICED: () => false,
  EMPTY_BARCODE: here((c) => c.barcodes.length === 0),
  BARCODE_EXISTS: here((c) => c.barcodes.length > 0),
  QUARANTINE: here((c) => c.quarantined),
  BANNED: here((c) => c.hidden !== ''),
  ARCHIVED: (c) => c.archived !== '',
  OVERPRICED_WITH_STOCK: () => false,
  PARTIAL_APPROVED: here((c) => c.errors.length > 0 && isBuyable(c)),
  AUTO_ARCHIVED: (c) => c.archived === 'auto',
  MANUAL_ARCHIVED: (c) => c.archived === 'manual',
  SEASONAL_AUTO_ARCHIVED: (c) => c.archived === 'seasonal',
  VISIBLE_WITH_FBO_STOCK: () => false,
  SHOWCASE_SELECT_ACTIVE: () => false,
};

export function visibilityRule(name: string): Rule | undefined {
  return Object.hasOwn(RULES, name) ? RULES[name] : undefined;
}
