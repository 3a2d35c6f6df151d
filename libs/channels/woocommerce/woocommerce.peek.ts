import { type Doc, readDoc, readId, readText } from '#kernel';
import { pickFacets, type Facet, type ObservedCard, type Run } from '#channels/contract';
import type { SiteCall, WooClient } from './woocommerce.client.js';
import { OUR_META } from './woocommerce.meta.js';
import { categoryIds, idOfKey, isGroup, keyOf, simpleCard, variationCard, type Shop } from './woocommerce.observe.js';
import { PAGE } from './woocommerce.pages.js';
import { inAddresses } from './woocommerce.addresses.js';
import type { ShopReader } from './woocommerce.shop.js';

export interface Peeked {
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
  readonly absent: readonly string[];
}

/** A list of SKUs does not show what is in the trash, and the trash keeps its SKUs. */
const LISTS = ['any', 'trash'] as const;

/** Reads named cards now, by SKU (or by id where a product has none). Absent is what neither the shop nor its trash knows. */
export async function peek(client: WooClient, shop: ShopReader, keys: readonly string[], facets: readonly Facet[], run: Run): Promise<Peeked> {
  const reading = new Reading(client, run);
  const found = new Map<string, Doc>();
  for (const status of LISTS) {
    const missing = keys.filter((key) => !found.has(key));
    const ids = missing.flatMap((key) => idOfKey(key) ?? []);
    const skus = missing.filter((key) => idOfKey(key) === undefined);
    for (const product of [...(await reading.products('sku', skus, status)), ...(await reading.products('include', ids, status))]) {
      const key = keyOf(product);
      if (missing.includes(key) && !isGroup(product) && !found.has(key)) found.set(key, product);
    }
  }
  const groups = await groupsOf(reading, [...found.values()]);
  const place = (product: Doc) => groups.get(parentOf(product)) ?? product;
  const about = await shop.shopFor([...new Set([...found.values()].flatMap((product) => categoryIds(place(product))))], run);
  const cards = [...found.values()].flatMap((product) => cardOf(product, groups, about) ?? []);
  return {
    startedAt: reading.startedAt ?? Date.now(),
    cards: cards.map((card) => ({ ...card, values: pickFacets(card.values, facets) })),
    absent: keys.filter((key) => !found.has(key)),
  };
}

/** A variation whose group cannot be found is neither shown nor absent: unknown. */
function cardOf(product: Doc, groups: ReadonlyMap<string, Doc>, shop: Shop): ObservedCard | undefined {
  const parent = parentOf(product);
  if (parent === '') return simpleCard(product, shop);
  const group = groups.get(parent);
  return group === undefined ? undefined : variationCard(product, group, shop);
}

async function groupsOf(reading: Reading, products: readonly Doc[]): Promise<ReadonlyMap<string, Doc>> {
  const wanted = [...new Set(products.map(parentOf).filter((id) => id !== ''))];
  const groups = new Map<string, Doc>();
  for (const status of LISTS) {
    const missing = wanted.filter((id) => !groups.has(id));
    for (const group of await reading.products('include', missing, status)) groups.set(readId(group['id'], 'products.id'), group);
  }
  return groups;
}

/** The id of a variation's group; '' for a product of its own. */
function parentOf(product: Doc): string {
  return readText(product['type']) === 'variation' ? readId(product['parent_id'], 'products.parent_id') : '';
}

/** `startedAt` is that of the oldest answer. */
class Reading {
  startedAt: number | undefined;

  constructor(
    private readonly client: WooClient,
    private readonly run: Run,
  ) {}

  async products(by: 'sku' | 'include', values: readonly string[], status: (typeof LISTS)[number]): Promise<readonly Doc[]> {
    const found: Doc[] = [];
    for (const together of inAddresses(values)) {
      const query: SiteCall['query'] = { [by]: together.join(','), status, per_page: PAGE, include_meta: OUR_META };
      const page = await this.client.page('/products', query, this.run);
      this.startedAt = Math.min(this.startedAt ?? page.startedAt, page.startedAt);
      found.push(...page.items.map((item) => readDoc(item, 'products')));
    }
    return found;
  }
}
