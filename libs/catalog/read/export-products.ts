import type { ProductReader } from './product-reader.js';

const PER_PAGE = 500;

/** The whole catalog as JSON lines, one product a line with its revision, in the order of ids; memory stays flat. */
export async function* exportProducts(reader: ProductReader): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const page = await reader.page(cursor, PER_PAGE);
    for (const { revision, approvedRevision, document } of page.items) yield `${JSON.stringify({ ...document, revision, approvedRevision })}\n`;
    cursor = page.next;
  } while (cursor !== undefined);
}
