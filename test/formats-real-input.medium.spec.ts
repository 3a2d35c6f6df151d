import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounted, ImportWorld, type Imported } from './import-world.js';

const shared = fileURLToPath(new URL('../../shared', import.meta.url));
const here = existsSync(shared);
if (!here) process.stderr.write('The reference files (../shared) are not here: the tests on real files are skipped; formats-generated tests the same quirks.\n');
const real = here ? describe : describe.skip;

/** What becomes of a set of real files, imported in this order into one catalog. */
interface Expected {
  readonly files: readonly string[];
  readonly rows: number;
  readonly skipped?: number;
  readonly created?: number;
  readonly updated?: number;
  readonly unchanged?: number;
  /** Faults by place; the rows count as failed. */
  readonly faults?: Readonly<Record<string, string>>;
}

const ONEC = 'specs/commerceml';
const SETS: readonly Expected[] = [
  { files: [`${ONEC}/2.07-ut-demo/import.xml`, `${ONEC}/2.07-ut-demo/offers.xml`], rows: 7, skipped: 2, created: 5 },
  { files: [`${ONEC}/2.07-ut-demo/import.xml`, `${ONEC}/2.07-ut-demo/offers.xml`], rows: 7, skipped: 2, unchanged: 5 },
  { files: [`${ONEC}/2.07-ut-demo/offers.xml`], rows: 5, unchanged: 5 },
  { files: [`${ONEC}/2.07-ut-real/import0_1_with_nested_groups.xml`], rows: 283, skipped: 7, created: 276 },
  { files: [`${ONEC}/2.07-ut-real/offers0_1.xml`], rows: 44, updated: 44 },
  { files: [`${ONEC}/2.07-ut-real/import0_1_with_nested_groups.xml`, `${ONEC}/2.07-ut-real/offers0_1.xml`], rows: 283, skipped: 7, unchanged: 276 },
  { files: [`${ONEC}/2.07-ut-real/import0_1.xml`], rows: 36, created: 0 },
  { files: ['group', 'products', 'prices', 'remainders'].map((name) => `${ONEC}/3.1-2.09-ut-unf/${name}.xml`), rows: 6, created: 1, skipped: 5 },
  { files: ['data/yml/yml.xml'], rows: 7, created: 7 },
  { files: ['data/yml/book.xml'], rows: 1, created: 1 },
  { files: ['data/yml/currencies.xml'], rows: 1, created: 1 },
  { files: ['data/yml/nested_categories.xml'], rows: 1, updated: 1 },
  { files: ['data/yml/simplified.xml'], rows: 1, created: 1 },
  { files: ['data/yml/vendor_model.xml'], rows: 2, created: 2 },
  { files: ['specs/feeds/yml/official-vendor-model.xml'], rows: 36, created: 36 },
  // The two official examples sell the same things under different ids: one barcode, one product.
  { files: ['specs/feeds/yml/official-simplified-with-delivery.xml'], rows: 36, faults: { 'offer 1': 'barcode-taken' } },
  { files: ['specs/feeds/yml/sample-ads-and-search.xml'], rows: 3, created: 3 },
  { files: ['specs/feeds/yml/sample-market-catalog.xml'], rows: 1, updated: 1 },
  { files: ['specs/feeds/yml/sample-market-placement.xml'], rows: 2, updated: 2 },
  { files: ['data/woocommerce/sample_products.csv'], rows: 25, skipped: 6, created: 19 },
  { files: ['data/woocommerce/experimental_fashion_sample_9_products.csv'], rows: 9, created: 9 },
  // One of the real goods has no article.
  { files: ['data/ru/catalog-ru-283.csv'], rows: 283, faults: { '44': 'table-no-sku' } },
];

/** Files in which no goods stand: each is refused with a reason of its own, and nothing is written. */
const REFUSED: Readonly<Record<string, string>> = {
  [`${ONEC}/2.07-ut-demo/classifier.xml`]: 'onec-nothing',
  [`${ONEC}/2.07-ut-demo/orders.xml`]: 'onec-nothing',
  [`${ONEC}/3.1-2.09-ut-unf/documents.xml`]: 'onec-nothing',
  [`${ONEC}/bitrix-query/bitrix-query-response-empty.xml`]: 'onec-nothing',
  [`${ONEC}/bitrix-query/bitrix-query-response-full.xml`]: 'onec-nothing',
  [`${ONEC}/xsd/commerceml-2.08.xsd`]: 'format-unknown',
  [`${ONEC}/xsd/commerceml-2.10.xsd`]: 'format-unknown',
  [`${ONEC}/SOURCE.md`]: 'format-unknown',
  'data/SOURCE.md': 'format-unknown',
  'data/yml/shops.dtd': 'format-unknown',
  'data/ru/brands_ru.csv': 'table-no-sku-column',
  'data/ru/product-words-categories.csv': 'table-no-sku-column',
  'data/ru/receipt-lines-labelled.csv': 'table-no-sku-column',
};
/** Goods without the names of their groups and properties: tested with the classifier beside them. */
const PAIRED = [`${ONEC}/2.07-ut-demo/classifier.xml`, `${ONEC}/2.07-ut-demo/import_wo_classifier.xml`];

let world: ImportWorld;
let sets = 0;

async function importSet(files: readonly string[]): Promise<Imported> {
  const [first] = files;
  if (files.length === 1 && first !== undefined) return world.import(join(shared, first));
  const folder = join(world.folder, `set-${++sets}`);
  await mkdir(folder);
  for (const file of files) await copyFile(join(shared, file), join(folder, basename(file)));
  return world.import(folder);
}

real('real files', () => {
  beforeAll(async () => {
    world = await ImportWorld.open();
  }, 60_000);
  afterAll(() => world?.close());

  it('are all known to these tests', () => {
    const all = ['data', ONEC].flatMap((folder) =>
      readdirSync(join(shared, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(shared.length + 1)),
    );
    const known = new Set([...SETS.flatMap(({ files }) => files), ...Object.keys(REFUSED), ...PAIRED]);
    expect(all.filter((file) => !known.has(file))).toEqual([]);
    expect(all.length).toBeGreaterThan(25);
  });

  it('have every row accounted for', async () => {
    for (const { files, faults = {}, ...expected } of SETS) {
      const { state, counts, failure, notes } = await importSet(files);
      const found = Object.fromEntries(notes.filter(({ outcome }) => outcome === 'failed').map(({ place, code }) => [place, code]));
      expect({ files, state, failure, found }).toEqual({ files, state: 'done', failure: null, found: faults });
      expect({ files, ...counts }).toMatchObject({ files, ...expected, failed: Object.keys(faults).length });
      expect(accounted(counts)).toBe(counts.rows);
    }
  }, 60_000);

  it('are refused with a reason where they hold no goods', async () => {
    const before = await world.written();
    for (const [file, code] of Object.entries(REFUSED)) {
      const { notes, counts } = await importSet([file]);
      expect({ file, codes: [...new Set(notes.map((note) => note.code))], created: counts.created ?? 0 }).toEqual({ file, codes: [code], created: 0 });
    }
    expect(await world.written()).toBe(before);
  }, 30_000);

  it('of goods and their classifier apart are brought together', async () => {
    const { counts, notes } = await importSet(PAIRED);
    expect(counts).toMatchObject({ rows: 2, failed: 0 });
    expect(notes.filter(({ code }) => code === 'onec-group' || code === 'onec-property')).toEqual([]);
  });

  it('keep what the sellers know of their goods', async () => {
    const rug = await world.products.read.get('PM-421-WP');
    expect(rug?.document).toMatchObject({
      category: 'Детские товары / Коврики для дома',
      brand: 'CrazyBoom',
      barcodes: ['8809288404089'],
      vat: 20,
      externalIds: { '1c': 'bd8c4e15-18f9-11e7-80c2-0cc47ab29cd1' },
      price: { minor: 10000, currency: 'RUB' },
      weight: 1400,
      dimensions: { length: 710, width: 400, height: 120 },
    });
    const boots = await world.products.read.get('Б-130001-38');
    expect(boots?.document).toMatchObject({
      title: 'Женские ботфорты коричневые (38)',
      externalIds: { '1c': 'bd72d910-55bc-11d9-848a-00112f43529a#90c55447-d3a8-11e4-9423-e0cb4ed5eed4' },
      model: { code: 'bd72d910-55bc-11d9-848a-00112f43529a', title: 'Женские ботфорты коричневые' },
      price: { minor: 171900, currency: 'RUB' },
    });
    // 41 of the 283 real goods have no barcode, 7 of these are services.
    const without = await world.count(
      `product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision JOIN product_external_id e ON e.product_id = p.id WHERE r.document -> 'barcodes' = '[]'`,
    );
    expect(without).toBeGreaterThanOrEqual(34);
    expect((await world.products.read.get('woo-vneck-tee-red'))?.document).toMatchObject({
      model: { code: 'woo-vneck-tee' },
      attributes: { Color: 'Red' },
      weight: 227,
      category: 'Clothing / Tshirts',
    });
  });
});
