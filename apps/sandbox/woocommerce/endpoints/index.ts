import type { Endpoint } from '../endpoint.js';
import { attributeEndpoints } from './attributes.js';
import { orderEndpoints } from './orders.js';
import { productEndpoints } from './products.js';
import { settingEndpoints } from './settings.js';
import { termEndpoints } from './terms.js';
import { variationEndpoints } from './variations.js';
import { webhookEndpoints } from './webhooks.js';

/** Every method that answers. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...productEndpoints,
  ...variationEndpoints,
  ...termEndpoints,
  ...attributeEndpoints,
  ...orderEndpoints,
  ...webhookEndpoints,
  ...settingEndpoints,
];
