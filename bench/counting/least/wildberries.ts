import { type Least, pages, pagesToTheEnd } from '../least.js';
import { tokens } from '../published-limit.js';

/** Largest pages of reads, and most rows of a write (docs/channels/wildberries.md, "Requests"). */
const CARDS_PAGE = 100;
const GOODS_PAGE = 1000;
const STOCK_ROWS = 1000;
const PRICE_ROWS = 1000;
const UPDATES = 3000;

const LIMITS = {
  cards: tokens(5, 600),
  content: tokens(5, 600),
  prices: tokens(5, 600),
  stocks: tokens(20, 200),
  update: tokens(5, 6000),
  media: tokens(5, 600),
  drafts: tokens(5, 6000),
  rating: tokens(3, 20_000),
  blocked: tokens(6, 10_000),
};

/** A look at `cards` cards of one size, none of them in the trash: no list tells beforehand how long it is. */
export function leastSweep(cards: number): Least {
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of cards', requests: pagesToTheEnd(cards, CARDS_PAGE), limit: 'cards' },
      { what: 'of the trash', requests: 1, limit: 'content' },
      { what: 'of prices', requests: pagesToTheEnd(cards, GOODS_PAGE), limit: 'prices' },
      { what: 'of stock', requests: pages(cards, STOCK_ROWS), limit: 'stocks' },
      { what: 'of the price quarantine', requests: 1, limit: 'prices' },
      { what: 'of failed drafts', requests: 1, limit: 'drafts' },
      { what: 'of blocked cards', requests: 1, limit: 'blocked' },
      { what: 'of hidden cards', requests: 1, limit: 'rating' },
    ],
  };
}

/** Everything of `cards` cards written anew: an update replaces a card whole, and cards are read by walking over all of them; pictures go card by card. */
export function leastPush(cards: number): Least {
  const stock = pages(cards, STOCK_ROWS);
  const prices = pages(cards, PRICE_ROWS);
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of cards, to carry what is not ours', requests: pages(cards, CARDS_PAGE), limit: 'cards' },
      { what: 'updates of cards', requests: pages(cards, UPDATES), limit: 'update' },
      { what: 'question after failed drafts', requests: 1, limit: 'drafts' },
      { what: 'sets of pictures', requests: cards, limit: 'media' },
      { what: 'writes of prices', requests: prices, limit: 'prices' },
      { what: 'questions after their tasks', requests: prices, limit: 'prices' },
      { what: 'writes of stock', requests: stock, limit: 'stocks' },
      { what: 'of them read back', requests: stock, limit: 'stocks' },
    ],
  };
}
