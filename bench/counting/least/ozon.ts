import { type Least, pages } from '../least.js';
import { perWindow } from '../published-limit.js';

/** Largest pages of reads, and most cards of a write (docs/channels/ozon.md, "Requests"). */
const PAGE = 1000;
const BATCH = 100;
const STOCK_BATCH = 100;

/** One limit for all methods; stock has one besides. */
const LIMITS = { rps: perWindow(50, 1000) };

/** A look at `cards` listed cards: the reads of a page, and what lies apart from the listed ones. */
export function leastSweep(cards: number): Least {
  const page = pages(cards, PAGE);
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of the list', requests: page, limit: 'rps' },
      { what: 'of status and price', requests: page, limit: 'rps' },
      { what: 'of stock', requests: page, limit: 'rps' },
      { what: 'of content', requests: page, limit: 'rps' },
      { what: 'of the archive, list and content', requests: 2, limit: 'rps' },
      { what: 'of the price quarantine', requests: 1, limit: 'rps' },
    ],
  };
}

/** Everything of `cards` cards written anew: an import replaces a card whole, so what others put there is read before; each import is a task. */
export function leastPush(cards: number): Least {
  const imports = pages(cards, BATCH);
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of content, to carry what is not ours', requests: pages(cards, PAGE), limit: 'rps' },
      { what: 'imports, prices included', requests: imports, limit: 'rps' },
      { what: 'questions after their tasks', requests: imports, limit: 'rps' },
      { what: 'writes of stock', requests: pages(cards, STOCK_BATCH), limit: 'rps' },
    ],
  };
}
