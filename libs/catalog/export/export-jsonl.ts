import type { StoredProduct } from '../read/product-reader.js';

/** One document a line, with its revision. */
export async function* exportJsonLines(pages: AsyncIterable<readonly StoredProduct[]>): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map(({ revision, approvedRevision, document }) => `${JSON.stringify({ ...document, revision, approvedRevision })}\n`).join('');
  }
}
