import { BrokenContract, readDoc, readId } from '#kernel';
import type { Run } from '#channels/contract';
import type { SiteCall, SitePage, WooClient } from './woocommerce.client.js';

export const PAGE = 100;

export interface OrderedPage extends SitePage {
  readonly number: number;
  /** The highest id so far; the next page starts behind it. */
  readonly lastId: number;
}

/**
 * The pages of a list sorted by id, from a page on. An entry that moved and comes again is left out; a page that brings nothing new,
 * or is empty before the last one, is a broken contract. Without a count of pages only an empty page is the end.
 */
export async function* pagesById(
  client: WooClient,
  path: string,
  query: SiteCall['query'],
  from: { readonly number: number; readonly lastId: number },
  run: Run,
): AsyncGenerator<OrderedPage> {
  let { lastId } = from;
  for (let number = from.number; ; number += 1) {
    const page = await client.page(path, { ...query, orderby: 'id', order: 'asc', per_page: PAGE, page: number }, run);
    if (page.items.length === 0) {
      if (page.pages !== undefined && number <= page.pages) throw new BrokenContract(`${path}: page ${number} of ${page.pages} is empty`, page.items);
      return;
    }
    const fresh = page.items.filter((item) => idOf(item, path) > lastId);
    if (fresh.length === 0) throw new BrokenContract(`${path}: the same page came again`, { number });
    lastId = Math.max(...fresh.map((item) => idOf(item, path)));
    yield { ...page, items: fresh, number, lastId };
    if (page.pages !== undefined && number >= page.pages) return;
  }
}

/** A whole list, for lists that are small (categories, attributes, the variations of one product). */
export async function everyPage(client: WooClient, path: string, query: SiteCall['query'], run: Run): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const page of pagesById(client, path, query, { number: 1, lastId: 0 }, run)) all.push(...page.items);
  return all;
}

function idOf(item: unknown, path: string): number {
  return Number(readId(readDoc(item, path)['id'], `${path}.id`));
}
