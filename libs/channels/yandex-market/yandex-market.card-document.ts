import { type Doc, readDocOrEmpty } from '#kernel';
import type { Cabinet } from './yandex-market.cabinet.js';
import { minorOf } from './yandex-market.money.js';
import type { ParameterValue } from './yandex-market.observe.js';

/** What calls need of a live card beside its facets. */
export interface CardDocument {
  /** The category its characteristics are to be of; only where offers or cards were read. */
  readonly categoryId?: string;
  /** All its characteristics; only where cards were read. */
  readonly parameters?: readonly ParameterValue[];
  /** Whether its price is the store's own or that of all stores. */
  readonly priceOf: 'store' | 'business';
  /** The state of the offer in the store, as Market names it; only when status was asked for. */
  readonly storeStatus?: string;
  /** A price that waits in quarantine, minor units; only when status was asked for. */
  readonly quarantinedPrice?: number;
  /** The floor for promotions that a price update erases unless it names it, minor units; only when the price was asked for. */
  readonly promotionFloor?: number;
}

/** Whose price a store of this cabinet shows. */
export function priceOwner(cabinet: Cabinet): CardDocument['priceOf'] {
  return cabinet.onlyDefaultPrice ? 'business' : 'store';
}

/** The floor of one item of `offer-prices`, where it has one. */
export function floorOf(offer: Doc, cabinet: Cabinet): Pick<CardDocument, 'promotionFloor'> {
  const floor = minorOf(readDocOrEmpty(offer['price'])['minimumForBestseller'], cabinet.currency, 'offer prices.minimumForBestseller');
  return floor > 0 ? { promotionFloor: floor } : {};
}
