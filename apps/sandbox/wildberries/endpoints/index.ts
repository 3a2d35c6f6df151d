import type { Endpoint } from '../endpoint.js';
import { analyticsEndpoints } from './analytics.js';
import { generalEndpoints } from './general.js';
import { goodsEndpoints } from './goods.js';
import { groupEndpoints } from './groups.js';
import { mediaEndpoints } from './media.js';
import { priceEndpoints } from './prices.js';
import { readingEndpoints } from './reading.js';
import { referenceEndpoints } from './references.js';
import { stockEndpoints } from './stocks.js';
import { tagEndpoints } from './tags.js';
import { warehouseEndpoints } from './warehouses.js';
import { writingEndpoints } from './writing.js';

/** Every method that answers. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...referenceEndpoints,
  ...readingEndpoints,
  ...writingEndpoints,
  ...groupEndpoints,
  ...mediaEndpoints,
  ...tagEndpoints,
  ...priceEndpoints,
  ...goodsEndpoints,
  ...stockEndpoints,
  ...warehouseEndpoints,
  ...analyticsEndpoints,
  ...generalEndpoints,
];
