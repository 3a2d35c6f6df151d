import type { ProductReader, StoredProduct } from '../read/product-reader.js';
import type { ProductFilter } from '../search/product-filter.js';

const PER_PAGE = 500;

/** What an export needs of the reader of products. */
export type PageReader = Pick<ProductReader, 'page'>;

/** The products of a filter, page by page in the order of their ids; memory stays flat. */
export async function* productPages(reader: PageReader, filter: ProductFilter): AsyncGenerator<readonly StoredProduct[]> {
  let cursor: string | undefined;
  do {
    const page = await reader.page(cursor, PER_PAGE, filter);
    if (page.items.length > 0) yield page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}
