import { shortSpec, type Spec } from '../schema-forms.js';

/** Shapes of the answers of WooCommerce's REST API v3; nobody publishes a machine-readable form of them. */
export function woocommerceSpec(): Spec {
  return shortSpec([new URL('./methods.json', import.meta.url)], new URL('./shapes.json', import.meta.url));
}
