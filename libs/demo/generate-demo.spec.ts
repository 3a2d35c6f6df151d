import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { barcodeFault, pictureFingerprint, samePicture, validateDocument, type PictureFingerprint } from '#catalog';
import { generateDemo, type DemoProduct } from './generate-demo.js';
import { COLOUR } from './goods/demo-attributes.js';
import { schemas, typeSchema, goods } from './goods/demo-data.js';
import { planProducts } from './goods/plan-products.js';

async function all(seed: number, products: number, batch?: number): Promise<DemoProduct[]> {
  const out: DemoProduct[] = [];
  for await (const { products: some } of generateDemo({ seed, products, batch })) out.push(...some);
  return out;
}

const planned = [...planProducts(1, 5000)];
const documents = planned.map((p) => p.document);

describe('the demo catalog of 5,000 goods', () => {
  it('is valid throughout', () => {
    const bad = documents.filter((_, i) => i % 25 === 0).flatMap((d) => validateDocument({ category: '', media: [], archived: false, description: '', ...d }));
    expect(bad).toEqual([]);
  });

  it('covers at least 40 categories of the tree, by their real paths', () => {
    const paths = new Set(documents.map((d) => d.category));
    expect(paths.size).toBeGreaterThanOrEqual(40);
    const known = new Set(Object.values(schemas.types).map((t) => t.path));
    expect([...paths].filter((path) => !known.has(path ?? ''))).toEqual([]);
  });

  it('has one sku and one good barcode a product', () => {
    expect(new Set(documents.map((d) => d.sku)).size).toBe(5000);
    expect(new Set(documents.flatMap((d) => d.barcodes ?? [])).size).toBe(5000);
    expect(documents.filter(({ barcodes }) => !barcodes?.[0]?.startsWith('2') || barcodeFault(barcodes[0]) !== undefined)).toEqual([]);
  });

  it('has 8 to 25 attributes a product, named and valued as the category says, the required ones all there', () => {
    const byPath = new Map(goods.map((g) => [typeSchema(g.type).path, typeSchema(g.type)]));
    const faults: string[] = [];
    for (const { sku, category, attributes = {} } of documents) {
      const schema = byPath.get(category ?? '');
      const count = Object.keys(attributes).length;
      if (count < 8 || count > 25) faults.push(`${sku} has ${count} attributes`);
      const elsewhere = ['Бренд', 'Название модели (для объединения в одну карточку)', 'Название', 'Аннотация'];
      const missing = schema?.attributes.filter((a) => a.required && !elsewhere.includes(a.name) && !(a.name in attributes)) ?? [];
      faults.push(...missing.map((a) => `${sku} has no ${a.name}`));
      for (const [name, value] of Object.entries(attributes)) {
        const rule = schema?.attributes.find((a) => a.name === name)?.rule;
        if (!rule) faults.push(`${sku}: ${name} is not of its category`);
        if (!rule?.dictionary) continue;
        const values = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
        if (values.length === 0 || values.some((v) => !schemas.dictionaries[rule.dictionary ?? '']?.includes(v))) faults.push(`${sku}: ${name} = ${values.join()}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('has texts of its own for each model, shared by its colour variants only', () => {
    const wrongLength: string[] = [];
    const modelsOfText = new Map<string, Set<string>>();
    for (const { sku, description = '', title, model } of documents) {
      if (description.length < 300 || description.length > 1500) wrongLength.push(sku);
      for (const text of [description, title]) modelsOfText.set(text, (modelsOfText.get(text) ?? new Set()).add(model?.code ?? sku));
    }
    expect(wrongLength).toEqual([]);
    expect([...modelsOfText.values()].filter((models) => models.size > 1)).toEqual([]);
    expect(documents.filter((d) => d.model).length).toBeGreaterThan(500);
  });

  it('has variants that differ by colour', () => {
    const colours = new Map<string, string[]>();
    for (const { model, attributes } of documents) if (model) colours.set(model.code, [...(colours.get(model.code) ?? []), JSON.stringify(attributes?.[COLOUR])]);
    const cut = [...colours.values()].at(-1);
    for (const list of colours.values()) {
      expect(new Set(list).size).toBe(list.length);
      if (list !== cut) expect(list.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('has prices, sizes and stock that could be true', () => {
    const unlikely = documents.filter(
      ({ price, weight = 0, stock = {} }) => !price || price.minor < 150_00 || price.minor > 60_000_00 || weight <= 0 || (stock.main ?? -1) < 0 || (stock.main ?? 0) > 200,
    );
    expect(unlikely).toEqual([]);
    const empty = documents.filter((d) => d.stock?.main === 0).length;
    expect(empty).toBeGreaterThan(150);
    expect(empty).toBeLessThan(350);
  });

  it('has 1 to 8 pictures a product, 2 in the mean', () => {
    const counts = planned.map((p) => p.pictures.length);
    expect(Math.min(...counts)).toBe(1);
    expect(Math.max(...counts)).toBe(8);
    expect(counts.reduce((a, b) => a + b, 0) / counts.length).toBeCloseTo(2.1, 0);
  });
});

describe('the seed', () => {
  it('decides documents and picture bytes, whatever the batch', async () => {
    const [a, b] = [await all(3, 40, 40), await all(3, 40, 7)];
    expect(b.map((p) => p.document)).toEqual(a.map((p) => p.document));
    expect(b.map((p) => p.pictures.map((x) => x.toString('base64')))).toEqual(a.map((p) => p.pictures.map((x) => x.toString('base64'))));
    for (const { document, pictures } of a) {
      expect(document.media?.map((m) => m.digest)).toEqual(pictures.map((p) => createHash('sha256').update(p).digest('hex')));
    }
  });

  it('gives the same first products whatever the total, and other ones for another seed', () => {
    const few = [...planProducts(3, 25)].map((p) => p.document);
    expect([...planProducts(3, 60)].slice(0, 25).map((p) => p.document)).toEqual(few);
    expect([...planProducts(4, 25)].map((p) => p.document.title)).not.toEqual(few.map((d) => d.title));
  });
});

describe('demo pictures', () => {
  it('are never taken for one another, variants in other colours included', async () => {
    const fingerprints: PictureFingerprint[] = [];
    for await (const { products } of generateDemo({ seed: 5, products: 200 })) {
      for (const { pictures } of products) for (const picture of pictures) fingerprints.push(await pictureFingerprint(picture));
    }
    let matches = 0;
    fingerprints.forEach((a, i) => fingerprints.slice(0, i).forEach((b) => (matches += samePicture(a, b) ? 1 : 0)));
    expect(fingerprints.length).toBeGreaterThan(300);
    expect(matches).toBe(0);
  }, 60_000);
});
