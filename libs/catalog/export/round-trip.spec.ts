import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../document/canonical-document.js';
import { completeDocument, patchDocument } from '../document/patch-document.js';
import type { ProductDocument } from '../document/product-document.js';
import { openSource } from '../formats/source-formats.js';
import { pictureList } from '../media/fetched/give-pictures.js';
import { ownDigest } from '../media/fetched/own-address.js';
import type { StoredProduct } from '../read/product-reader.js';
import type { ExportFormat } from './export-format.js';
import { exportProducts } from './export-products.js';
import { anyDocument } from './testing/any-document.js';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etalon-round-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const stored = (document: ProductDocument, i: number): StoredProduct => ({
  id: String(i + 1),
  sku: document.sku,
  revision: 1,
  approvedRevision: 1,
  document,
  createdAt: new Date(0),
  updatedAt: new Date(0),
});

async function written(documents: readonly ProductDocument[], format: ExportFormat): Promise<string> {
  const file = join(folder, `${++files}.${format === 'yml' ? 'xml' : format}`);
  const reader = { page: () => Promise.resolve({ items: documents.map(stored) }) };
  await pipeline(exportProducts(reader, { format, pictureUrl: (digest) => `https://shop.example/media/${digest}.jpg` }), createWriteStream(file));
  return file;
}

/** What the import makes of the file; `standing` is the catalog before. */
async function readBack(file: string, standing: readonly ProductDocument[]): Promise<Map<string, ProductDocument>> {
  const bySku = new Map(standing.map((document) => [document.sku, document]));
  const source = await openSource(file, { currency: 'RUB' });
  const result = new Map<string, ProductDocument>();
  try {
    for await (const row of source.rows(0, new AbortController().signal)) {
      expect({ skipped: row.skipped, faults: row.faults }).toEqual({});
      const current = bySku.get(row.sku ?? '');
      const { patch, pictures, warnings } = row.change(current);
      if (current) expect(warnings).toEqual([]);
      const media =
        pictures &&
        pictureList(
          pictures.map((address) => ownDigest(address) ?? ''),
          current?.media ?? [],
        );
      result.set(row.sku ?? '', patchDocument(current ?? completeDocument({ sku: row.sku ?? '', title: '' }), { ...patch, ...(media && { media }) }));
    }
  } finally {
    await source.close?.();
  }
  return result;
}

/** A SKU of characters that XML cannot hold keeps its product out of these files. */
const catalog = fc.uniqueArray(
  anyDocument.filter(({ sku }) => !/[\ufffe\uffff]|_x[0-9a-f]{4}_/i.test(sku)),
  { minLength: 1, maxLength: 6, selector: ({ sku }) => sku },
);
const texts = (documents: Iterable<ProductDocument>): string[] => [...documents].map(canonicalText);

describe('an export imported again', () => {
  it.each<[ExportFormat, number]>([
    ['jsonl', 60],
    ['csv', 80],
    ['xlsx', 30],
    ['yml', 80],
  ])(
    'as %s changes nothing',
    async (format, numRuns) => {
      await fc.assert(
        fc.asyncProperty(catalog, async (documents) => {
          const back = await readBack(await written(documents, format), documents);
          expect([...back.keys()]).toEqual(documents.map(({ sku }) => sku));
          expect(texts(back.values())).toEqual(texts(documents));
        }),
        { numRuns },
      );
    },
    60_000,
  );

  it.each<[ExportFormat, number]>([
    ['jsonl', 40],
    ['csv', 60],
    ['xlsx', 20],
  ])(
    'as %s into an empty catalog makes the same goods',
    async (format, numRuns) => {
      await fc.assert(
        fc.asyncProperty(catalog, async (documents) => {
          const back = await readBack(await written(documents, format), []);
          expect(texts(back.values())).toEqual(texts(documents));
        }),
        { numRuns },
      );
    },
    60_000,
  );
});
