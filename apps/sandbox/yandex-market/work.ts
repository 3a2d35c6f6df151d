import type { ParameterValue } from './model.js';

/** What the market does after it answered OK. Each is stored until it is done. */

/** An offer as a request names it. Every member that is absent stays as it is. */
export interface OfferInput {
  offerId: string;
  name?: string;
  description?: string;
  vendor?: string;
  vendorCode?: string;
  marketCategoryId?: number;
  pictures?: string[] | null;
  barcodes?: string[] | null;
  weightDimensions?: { length: number; width: number; height: number; weight: number };
  parameterValues?: ParameterValue[] | null;
  basicPrice?: PriceInput;
  deleteParameters?: string[] | null;
  [other: string]: unknown;
}

export interface PriceInput {
  value: number;
  currencyId: string;
  discountBase?: number;
  minimumForBestseller?: number;
  vat?: number;
}

export interface OffersWork {
  kind: 'offers';
  offers: OfferInput[];
}

export interface ParametersWork {
  kind: 'parameters';
  offers: { offerId: string; parameterValues: ParameterValue[] }[];
}

/** The first card of new offers is made. */
export interface CardWork {
  kind: 'card';
  offerIds: string[];
}

/** Pictures of one card that are fetched. */
export interface MediaWork {
  kind: 'media';
  offerIds: string[];
}

export interface PricesWork {
  kind: 'prices';
  prices: { offerId: string; price: PriceInput }[];
}

export interface StorePricesWork {
  kind: 'store-prices';
  campaignId: number;
  prices: { offerId: string; price: Partial<PriceInput> }[];
}

export interface ConfirmWork {
  kind: 'confirm';
  offerIds: string[];
}

export interface StocksWork {
  kind: 'stocks';
  stocks: { offerId: string; warehouseId: number; count: number; at: number }[];
}

/** What is true of offers from then on. */
export interface VisibilityWork {
  kind: 'visibility';
  change: 'archive' | 'unarchive' | 'hide' | 'show' | 'take-out' | 'put-in' | 'delete';
  /** 0 where it concerns every store. */
  campaignId: number;
  offerIds: string[];
}

export type Work = OffersWork | ParametersWork | CardWork | MediaWork | PricesWork | StorePricesWork | ConfirmWork | StocksWork | VisibilityWork;

/** The articles that a piece of work is about. */
export function articlesOf(work: Work): readonly string[] {
  switch (work.kind) {
    case 'offers':
    case 'parameters':
      return work.offers.map((one) => one.offerId);
    case 'prices':
    case 'store-prices':
      return work.prices.map((one) => one.offerId);
    case 'stocks':
      return work.stocks.map((one) => one.offerId);
    default:
      return work.offerIds;
  }
}
