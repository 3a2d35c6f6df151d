import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeclarationStore, type ProductInput, TemplateStore } from '#catalog';
import { type CatalogDatabase, openCatalog } from './catalog-database.js';

const anna = { author: 'anna', cause: { kind: 'person' } } as const;
let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await openCatalog();
}, 60_000);
afterAll(() => catalog.close());

const create = (sku: string, more: Partial<ProductInput> = {}) => catalog.products.create({ sku, title: `Товар ${sku}`, ...more }, anna);
const issuesOf = (writing: Promise<unknown>) =>
  writing.then(
    () => [],
    (error: { issues?: { field: string; code: string; params?: object }[] }) => error.issues ?? [error],
  );
async function viewVersions(): Promise<Record<string, number>> {
  const { rows } = await catalog.pool.query<{ sku: string; view: number }>('SELECT sku, view_version AS view FROM product');
  return Object.fromEntries(rows.map((row) => [row.sku, row.view]));
}
async function shown(sku: string, channel = 'site') {
  const product = await catalog.products.read.get(sku);
  const [snapshot] = await catalog.products.snapshots([product?.id ?? ''], { channel });
  return snapshot;
}

describe('a bundle', () => {
  it('has the stock that its components make in each warehouse, and is planned anew when one of them changes', async () => {
    await create('cup', { stock: { main: 7, north: 2 } });
    await create('plate', { stock: { main: 9 } });
    await create('pair', {
      components: [
        { sku: 'cup', quantity: 1 },
        { sku: 'plate', quantity: 2 },
      ],
      stock: { main: 500 },
    });
    await create('feast', { components: [{ sku: 'pair', quantity: 2 }] });
    expect((await shown('pair'))?.stock).toEqual({ main: 4, north: 0 });
    expect((await shown('feast'))?.stock).toEqual({ main: 2, north: 0 });
    expect(await shown('pair')).not.toHaveProperty('components');

    const before = await viewVersions();
    await catalog.products.patch('plate', { basedOn: 1, patch: { stock: { main: 2, north: 2 } }, ...anna });
    const after = await viewVersions();
    expect(
      Object.keys(after)
        .filter((sku) => after[sku] !== before[sku])
        .sort(),
    ).toEqual(['feast', 'pair']);
    expect((await shown('pair'))?.stock).toEqual({ main: 1, north: 1 });
  });

  it('counts a component that waits for approval as it was approved, and an archived one as none', async () => {
    await catalog.products.patch('plate', { basedOn: 2, patch: { stock: { main: 100 } }, ...anna, draft: true });
    expect((await shown('pair'))?.stock).toEqual({ main: 1, north: 1 });
    const before = await viewVersions();
    await catalog.products.approve('plate', 3);
    expect((await viewVersions())['pair']).toBe((before['pair'] ?? 0) + 1);
    expect((await shown('pair'))?.stock).toEqual({ main: 7, north: 1 });
    await catalog.products.patch('cup', { basedOn: 1, patch: { archived: true }, ...anna });
    expect((await shown('pair'))?.stock).toEqual({ main: 0, north: 0 });
  });

  it('never holds itself, nor what does not exist', async () => {
    expect(await issuesOf(catalog.products.patch('pair', { basedOn: 1, patch: { components: [{ sku: 'feast', quantity: 1 }] }, ...anna }))).toMatchObject([
      { field: 'components.0', code: 'component-cycle', params: { path: 'pair → feast → pair' } },
    ]);
    expect(await issuesOf(create('odd', { components: [{ sku: 'nothing', quantity: 1 }] }))).toMatchObject([{ code: 'component-unknown' }]);
    const both = await catalog.products.upsertMany(
      [{ document: { sku: 'x', title: 'X', components: [{ sku: 'y', quantity: 1 }] } }, { document: { sku: 'y', title: 'Y', components: [{ sku: 'x', quantity: 1 }] } }],
      anna,
    );
    expect(both.map((outcome) => outcome.kind)).toEqual(['invalid', 'invalid']);
    const good = await catalog.products.upsertMany(
      [{ document: { sku: 'x', title: 'X', components: [{ sku: 'y', quantity: 1 }] } }, { document: { sku: 'y', title: 'Y', stock: { main: 3 } } }],
      anna,
    );
    expect(good.map((outcome) => outcome.kind)).toEqual(['created', 'created']);
  });

  it('is never made of itself by two writers at once', async () => {
    await create('left');
    await create('right');
    const halves = [['left', 'right'] as const, ['right', 'left'] as const].map(([sku, part]) =>
      catalog.products.patch(sku, { basedOn: 1, patch: { components: [{ sku: part, quantity: 1 }] }, ...anna }).then(
        () => 'written',
        () => 'refused',
      ),
    );
    expect((await Promise.all(halves)).sort()).toEqual(['refused', 'written']);
  });
});

describe('variants of one model', () => {
  const variant = (sku: string, colour: string | undefined, more: Partial<ProductInput> = {}) =>
    create(sku, { model: { code: 'M-1', axes: ['Цвет'] }, attributes: colour === undefined ? {} : { Цвет: colour }, ...more });

  it('differ in their axes, or are told which other one they equal', async () => {
    await variant('V-1', 'Синий');
    await variant('V-2', 'красный');
    expect(await issuesOf(variant('V-3', 'синий'))).toMatchObject([{ field: 'attributes.Цвет', code: 'variant-twin', params: { sku: 'V-1', axes: 'Цвет' } }]);
    await variant('V-4', undefined);
    await variant('V-5', undefined);
    await variant('V-6', 'синий', { archived: true });
  });

  it('may change their values among themselves in one go', async () => {
    const model = { code: 'M-1', axes: ['Цвет'] };
    const swapped = await catalog.products.upsertMany(
      [
        { document: { sku: 'V-1', title: 'Товар V-1', model, attributes: { Цвет: 'красный' } } },
        { document: { sku: 'V-2', title: 'Товар V-2', model, attributes: { Цвет: 'синий' } } },
      ],
      anna,
    );
    expect(swapped.map((outcome) => outcome.kind)).toEqual(['updated', 'updated']);
    const twins = await catalog.products.upsertMany(
      ['V-7', 'V-8'].map((sku) => ({ document: { sku, title: sku, model, attributes: { Цвет: 'белый' } } })),
      anna,
    );
    expect(twins).toMatchObject([{ kind: 'created' }, { kind: 'invalid', issues: [{ params: { sku: 'V-7' } }] }]);
  });
});

describe('a declared attribute', () => {
  it.each<[string, object, object | undefined]>([
    ['a number with its unit in a text', { Объём: '0,35 л' }, { Объём: { value: 0.35, unit: 'л' } }],
    ['a bare number', { Объём: '2' }, { Объём: { value: 2, unit: 'л' } }],
    ['another unit', { Объём: '350 мл' }, undefined],
    ['words for a number', { Объём: 'большой' }, undefined],
    ['yes in a word', { Крышка: 'да' }, { Крышка: true }],
    ['neither yes nor no', { Крышка: 'может быть' }, undefined],
    ['an option in another case', { Материал: ['ГЛИНА', 'стекло'] }, { Материал: ['глина', 'стекло'] }],
    ['one of several options', { Материал: 'глина' }, { Материал: ['глина'] }],
    ['no option', { Материал: ['дерево'] }, undefined],
    ['several where one is declared', { Форма: ['круг', 'овал'] }, undefined],
    ['what nobody declared', { Прочее: { value: 5, unit: 'м' } }, { Прочее: { value: 5, unit: 'м' } }],
  ])('takes %s by its type', async (name, attributes, stored) => {
    const declarations = new DeclarationStore(catalog.pool);
    const declare = (declaration: { name: string; type: 'text' | 'number' | 'yes-no' | 'option'; unit?: string; options?: string[]; multiple?: boolean }) =>
      declarations.declare({ category: 'Кухня', multiple: false, required: false, ...declaration }, 'anna');
    await declare({ name: 'Объём', type: 'number', unit: 'л' });
    await declare({ name: 'Крышка', type: 'yes-no' });
    await declare({ name: 'Материал', type: 'option', options: ['глина', 'стекло'], multiple: true });
    await declare({ name: 'Форма', type: 'text' });
    const writing = create(`D ${name}`, { category: 'Кухня / Кружка', attributes: attributes as ProductInput['attributes'] });
    if (stored === undefined) expect(await issuesOf(writing)).toMatchObject([{ field: `attributes.${Object.keys(attributes)[0] ?? ''}`, params: { category: 'Кухня' } }]);
    else {
      await writing;
      expect((await catalog.products.read.get(`D ${name}`))?.document.attributes).toEqual(stored);
      const again = await catalog.products.upsertMany(
        [{ document: { sku: `D ${name}`, title: `Товар D ${name}`, category: 'Кухня / Кружка', attributes: attributes as ProductInput['attributes'] } }],
        anna,
      );
      expect(again).toMatchObject([{ kind: 'unchanged' }]);
    }
  });
});

describe('a template', () => {
  it('makes a channel’s title, is overridden, and plans anew only the products it speaks of', async () => {
    await create('T-1', { brand: 'Ясень', category: 'Сад / Лейка', attributes: { Цвет: 'зелёный' } });
    await create('T-2', { brand: 'Ясень', category: 'Сад / Лейка', overrides: { site: { title: 'Своё' } } });
    await create('T-3', { category: 'Спорт' });
    const templates = new TemplateStore(catalog.pool);
    const before = await viewVersions();
    const template = { channel: 'site', category: 'Сад', field: 'title', pattern: '{brand} {title}[, {Цвет}]' } as const;
    expect(await templates.set(template, 'anna')).toBe(2);
    expect(await templates.set(template, 'anna')).toBe(0);
    const after = await viewVersions();
    expect(
      Object.keys(after)
        .filter((sku) => after[sku] !== before[sku])
        .sort(),
    ).toEqual(['T-1', 'T-2']);
    expect(await Promise.all(['T-1', 'T-2', 'T-3'].map(async (sku) => (await shown(sku))?.title))).toEqual(['Ясень Товар T-1, зелёный', 'Своё', 'Товар T-3']);
    expect((await shown('T-1', 'elsewhere'))?.title).toBe('Товар T-1');
    await templates.set({ ...template, category: 'Сад / Лейка', pattern: 'Лейка {Цвет}' }, 'anna');
    expect((await shown('T-1'))?.title).toBe('Лейка зелёный');
    await templates.remove({ channel: 'site', category: 'Сад / Лейка', field: 'title' });
    expect((await shown('T-1'))?.title).toBe('Ясень Товар T-1, зелёный');
  });
});
