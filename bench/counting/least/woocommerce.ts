import { type Least, pages } from '../least.js';
import { perWindow } from '../published-limit.js';

/** Largest page of any list, and most products of a batch (docs/channels/woocommerce.md, "Requests"). */
const PAGE = 100;
const BATCH = 100;

/** No limit is published: this is the courtesy that a seller may set. */
const LIMITS = { site: perWindow(4, 1000) };

/** Of the simulated shop every so many products comes in so many sizes. */
const SIZED = 8;
const SIZES = 3;

/** What is sold when the shop was given `products`: the simple ones, and each size of the others. */
export function cardsOf(products: number): number {
  const sized = Math.floor(products / SIZED);
  return products - sized + sized * SIZES;
}

/** A look at a shop of WooCommerce 11 with `products`, none of them in the trash: the sizes of all groups come in one list. */
export function leastSweep(products: number): Least {
  const variations = Math.floor(products / SIZED) * SIZES;
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of products', requests: pages(products, PAGE), limit: 'site' },
      { what: 'of the trash', requests: 1, limit: 'site' },
      { what: 'of variations', requests: pages(variations, PAGE), limit: 'site' },
      { what: 'of categories', requests: 1, limit: 'site' },
    ],
  };
}

/** Everything of `cards` simple products written anew: attributes are replaced whole, so they are read before; pictures go product by product. */
export function leastPush(cards: number): Least {
  return {
    limits: LIMITS,
    lines: [
      { what: 'pages of products, to carry what is not ours', requests: pages(cards, PAGE), limit: 'site' },
      { what: 'batches with everything but pictures', requests: pages(cards, BATCH), limit: 'site' },
      { what: 'sets of pictures', requests: cards, limit: 'site' },
    ],
  };
}
