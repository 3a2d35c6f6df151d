import { describe, expect, it } from '@jest/globals';
import type { ProductSnapshot } from '#channels/contract';
import { titleOfCard } from './wildberries.sizes.js';

const dress = (title: string, part: Partial<ProductSnapshot> = {}): ProductSnapshot => ({
  sku: 'DR-1-S',
  revision: 1,
  title,
  description: '',
  category: 'Одежда / Платье',
  attributes: { Размер: 'S', 'Российский размер': '44' },
  media: [],
  barcodes: [],
  stock: {},
  model: { code: 'DR-1', axes: ['Размер'] },
  archived: false,
  ...part,
});

describe('the title of a card of sizes', () => {
  it.each([
    'Платье летнее',
    'Платье летнее S',
    'Платье летнее, 44',
    'Платье летнее, размер 44 (S)',
    'Платье летнее (S)',
    'Платье летнее S/44',
    'Платье летнее р. 44',
    'Платье летнее - s',
  ])('is without the size that stands at the end of the product’s: %s', (title) => {
    expect(titleOfCard(dress(title))).toBe('Платье летнее');
  });

  it.each(['Платье XS', 'Платье 144', 'Платье 44 цвета', 'S', 'Платье M'])('keeps what is no size of the product: %s', (title) => {
    expect(titleOfCard(dress(title))).toBe(title);
  });

  it('is the model’s where that has one, and takes a size for letters, not for a pattern', () => {
    expect(titleOfCard(dress('Платье S', { model: { code: 'DR-1', axes: ['Размер'], title: 'Платье S-класса S' } }))).toBe('Платье S-класса S');
    expect(titleOfCard(dress('Платье 42-44', { attributes: { Размер: '42-44' } }))).toBe('Платье');
    expect(titleOfCard(dress('Платье AXB', { attributes: { Размер: 'A.B' } }))).toBe('Платье AXB');
  });
});
