import { type Least, pages } from '../least.js';
import { perWindow } from '../published-limit.js';

/** Largest pages of reads, and most offers of a write (docs/channels/yandex-market.md, "Requests"). */
const MAPPINGS_PAGE = 100;
const CARDS_PAGE = 200;
const OFFERS_PAGE = 200;
const STOCK_PAGE = 200;
const PRICES_PAGE = 200;
const UPDATES = 100;
const PRICE_UPDATES = 500;
const STOCK_UPDATES = 2000;

const MINUTE = 60_000;
/** Without a subscription. */
const LIMITS = {
  mappings: perWindow(100, MINUTE),
  cards: perWindow(100, MINUTE),
  campaignOffers: perWindow(1000, MINUTE),
  stocks: perWindow(500, MINUTE),
  quarantine: perWindow(5000, MINUTE),
  prices: perWindow(25, MINUTE),
  updates: perWindow(50, MINUTE),
  priceUpdates: perWindow(20, MINUTE),
  stockUpdates: perWindow(50, MINUTE),
};

/** A look at `cards` offers, none of them archived: what the cabinet knows of them, their cards, their state in the store, their stock. */
export function leastSweep(cards: number): Least {
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of offers', requests: pages(cards, MAPPINGS_PAGE), limit: 'mappings' },
      { what: 'of the archive', requests: 1, limit: 'mappings' },
      { what: 'of cards', requests: pages(cards, CARDS_PAGE), limit: 'cards' },
      { what: 'of offers in the store', requests: pages(cards, OFFERS_PAGE), limit: 'campaignOffers' },
      { what: 'of stock', requests: pages(cards, STOCK_PAGE), limit: 'stocks' },
      { what: 'of the price quarantine', requests: 1, limit: 'quarantine' },
      { what: 'of cards with complaints', requests: 1, limit: 'cards' },
    ],
  };
}

/** Everything of `cards` offers written anew: characteristics go as a full set and a price erases the floor it does not name, so both are read before; pictures and cards are asked after. */
export function leastPush(cards: number): Least {
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of cards, to carry what is not ours', requests: pages(cards, CARDS_PAGE), limit: 'cards' },
      { what: 'of prices, for their floors', requests: pages(cards, PRICES_PAGE), limit: 'prices' },
      { what: 'updates of offers, characteristics included', requests: pages(cards, UPDATES), limit: 'updates' },
      { what: 'writes of prices', requests: pages(cards, PRICE_UPDATES), limit: 'priceUpdates' },
      { what: 'writes of stock', requests: pages(cards, STOCK_UPDATES), limit: 'stockUpdates' },
      { what: 'questions after the cards', requests: pages(cards, CARDS_PAGE), limit: 'cards' },
      { what: 'questions after their pictures', requests: pages(cards, MAPPINGS_PAGE), limit: 'mappings' },
    ],
  };
}
