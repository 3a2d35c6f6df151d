import type { Endpoint } from '../endpoint.js';
import { catalogEndpoints } from './catalog.js';
import { contentEndpoints } from './content.js';
import { generalEndpoints } from './general.js';
import { priceEndpoints } from './prices.js';
import { quarantineEndpoints } from './quarantine.js';
import { recommendationEndpoints } from './recommendations.js';
import { stockEndpoints } from './stocks.js';
import { storeEndpoints } from './store.js';

/** Every method that answers. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...generalEndpoints,
  ...catalogEndpoints,
  ...contentEndpoints,
  ...priceEndpoints,
  ...quarantineEndpoints,
  ...stockEndpoints,
  ...storeEndpoints,
  ...recommendationEndpoints,
];
