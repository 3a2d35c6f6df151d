import { Unsupported } from '#kernel';
import type { Run } from '#channels/contract';
import { readGlobalAttributes } from './woocommerce.attributes.js';
import { readCategories } from './woocommerce.categories.js';
import type { WooClient } from './woocommerce.client.js';
import { readSettings } from './woocommerce.settings.js';

/** Documents are plain JSON, so that they can be cached anywhere under these keys. */
export const referenceKey = { settings: 'settings', categories: 'categories', attributes: 'attributes' } as const;

/** Fetches reference documents by key. Throws `Unsupported` for a key that `needs` never names. */
export async function fetchReferences(client: WooClient, keys: readonly string[], run: Run): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const key of keys) found.set(key, await fetchOne(client, key, run));
  return found;
}

function fetchOne(client: WooClient, key: string, run: Run): Promise<unknown> {
  if (key === referenceKey.settings) return readSettings(client, run);
  if (key === referenceKey.categories) return readCategories(client, run);
  if (key === referenceKey.attributes) return readGlobalAttributes(client, run);
  throw new Unsupported(`WooCommerce has no reference data "${key}"`);
}
