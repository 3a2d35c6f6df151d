import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#platform';
import { sayIn } from './cli-texts.js';
import { showBulkPreview, showJob } from './show-jobs.js';
import { showImport } from './show-import.js';
import { showProduct, showView } from './show-products.js';
import { causeWords, fieldWords, valueWords, word } from './words.js';

const ru = sayIn('ru');
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('codes in the words of the reader', () => {
  it.each([
    ['price', 'цена'],
    ['attributes.Цвет', 'Цвет'],
    ['overrides.ozon.title', 'для площадки ozon: название'],
    ['stock.msk', 'остаток: msk'],
    ['dimensions.width', 'габариты: ширина'],
    ['row', 'строка'],
  ])('name the field %s %s', (path, words) => expect(fieldWords(ru, path)).toBe(words));

  it.each([
    ['price', { minor: 129_050, currency: 'RUB' }, '1 290,50 ₽'],
    ['price', { minor: 500, currency: 'JPY' }, '500 ¥'],
    ['price', { minor: 100, currency: 'R2' }, '1 R2'],
    ['weight', 350, '350 г'],
    ['dimensions', { length: 10, width: 20, height: 30 }, '10 × 20 × 30 мм'],
    ['attributes.Объём', { value: 350, unit: 'мл' }, '350 мл'],
    ['archived', false, 'нет'],
    ['barcodes', ['1', '2'], '1, 2'],
    ['brand', null, '—'],
  ])('show %s %j as %s', (path, value, text) => expect(plain(valueWords(ru, path, value, 100))).toBe(text));

  it('are those of the page: every reason, kind and state it can name', () => {
    const page = JSON.parse(readFileSync(join(projectRoot(), 'apps/console/src/i18n/ru.json'), 'utf8')) as Record<string, Record<string, string>>;
    for (const group of ['reason', 'kind', 'cause', 'facet', 'state', 'facetState', 'driftState', 'mode', 'accountState'] as const) {
      const codes = Object.keys(page[group] ?? {});
      expect(codes.length).toBeGreaterThan(2);
      expect([group, codes.filter((code) => word(ru, group, code) === code)]).toEqual([group, []]);
    }
  });

  it('leave a code that has no word yet as it is', () => {
    expect(word(ru, 'facet', 'price')).toBe('Цена');
    expect(word(ru, 'facet', 'newest')).toBe('newest');
    expect(causeWords(ru, { kind: 'import', file: 'goods.csv', row: '17', job: '4' })).toBe('загрузка файла (файл goods.csv, строка 17, задача 4)');
  });
});

describe('what the command line shows', () => {
  it('of a bulk edit: reasons of refusals beforehand, values as people write them', () => {
    const preview = {
      count: 577,
      tried: 577,
      changed: 339,
      unchanged: 0,
      refused: 238,
      reasons: [{ field: 'minPrice', code: 'price-missing', products: 238, skus: ['A', 'B'], reason: 'такой цены у товара нет', remedy: 'сначала задайте цену' }],
      blast_radius: [{ title: 'Ozon', listings: 300, facets: ['price'] }],
      sample: [{ sku: 'A', changes: [{ field: 'price', before: { minor: 10_000, currency: 'RUB' }, after: { minor: 11_000, currency: 'RUB' } }] }],
    };
    const text = plain(showBulkPreview(preview, ru));
    expect(text).toContain('238: минимальная цена — такой цены у товара нет; сначала задайте цену (например, A, B)');
    expect(text).toContain('поля: Цена');
    expect(text).toContain('- 100,00 ₽\n  + 110,00 ₽');
  });

  it('of an import: that a rehearsal wrote nothing, how a held one goes on, and why rows failed', () => {
    const rows = { rows: 3, created: 0, updated: 2, unchanged: 0, failed: 1, skipped: 0, id: '7' };
    const sample = [{ sku: 'A', field: 'price', before: { minor: 100, currency: 'RUB' }, after: { minor: 200, currency: 'RUB' } }];
    const lines = [{ place: '4', sku: 'B', field: 'price', value: '"-5"', reason: 'цену не удалось прочитать', remedy: 'пишите 1290' }];
    const tried = plain(showImport({ ...rows, state: 'done', dry: true, sample, lines }, ru));
    expect(tried).toContain('ничего не записано');
    expect(tried).toContain('A  цена: 1,00 ₽ → 2,00 ₽');
    expect(tried).toContain('строка 4 (B): цена "-5" — цену не удалось прочитать; пишите 1290');
    const held = showImport({ ...rows, state: 'held', held: { reason: 'в файле 3 строк', remedy: 'посмотрите', missing: 7, missingSkus: ['C'] } }, ru);
    expect(held).toContain('import-accept 7');
    expect(held).toContain('7 (C, …)');
    expect(showImport({ ...rows, state: 'done' }, ru)).toMatch(/^Строк 3: создано 0, изменено 2/);
  });

  it('of a job, a product and what a channel sees of it', () => {
    expect(showJob({ id: '4', kind: 'bulk-edit', state: 'cancelled', share: 0.5, counts: { changed: 10, refused: 0 } }, ru)).toBe(
      'Задача 4 (массовая правка): отменена, 50 %; изменено 10',
    );
    expect(showProduct({ revision: 2, document: { vat: 20, attributes: { Цвет: 'белый' } } }, ru)).toMatch(/НДС, % +20\nЦвет +белый/);
    expect(showProduct({ revision: 2, document: { stock: { msk: 5 }, media: [], externalIds: { '1c': 'a-1' } } }, ru)).toMatch(
      /\nостаток: msk +5\nномера в других системах: 1c +a-1$/,
    );
    expect(showView({ fields: [{ field: 'title', value: 'Плед', from: 'template', category: 'Дом' }] }, ru)).toBe('название  шаблон (Дом)  Плед');
  });
});
