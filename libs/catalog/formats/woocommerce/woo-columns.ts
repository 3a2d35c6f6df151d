/** What the columns of WooCommerce's own export say, in the languages of its header that were seen. */
const NAMES = {
  id: ['id'],
  type: ['type', 'тип'],
  sku: ['sku', 'артикул'],
  gtin: ['gtin, upc, ean, or isbn', 'gtin, upc, ean или isbn'],
  name: ['name', 'имя'],
  short: ['short description', 'краткое описание'],
  description: ['description', 'описание'],
  saleFrom: ['date sale price starts', 'дата начала действия скидки'],
  saleTo: ['date sale price ends', 'дата окончания действия скидки'],
  inStock: ['in stock?', 'в наличии?', 'наличие'],
  stock: ['stock', 'запасы'],
  sale: ['sale price', 'цена распродажи', 'акционная цена'],
  regular: ['regular price', 'базовая цена'],
  categories: ['categories', 'категории'],
  brands: ['brands', 'бренды'],
  images: ['images', 'изображения'],
  parent: ['parent', 'родительский'],
} as const;

type Plain = keyof typeof NAMES;
type Size = 'weight' | 'length' | 'width' | 'height';

const SIZES: Readonly<Record<string, Size>> = {
  weight: 'weight',
  вес: 'weight',
  length: 'length',
  длина: 'length',
  width: 'width',
  ширина: 'width',
  height: 'height',
  высота: 'height',
};
/** In grams and millimetres. */
const UNITS: Readonly<Record<string, number>> = {
  lbs: 453.59237,
  oz: 28.349523125,
  kg: 1000,
  кг: 1000,
  g: 1,
  г: 1,
  in: 25.4,
  yd: 914.4,
  m: 1000,
  м: 1000,
  cm: 10,
  см: 10,
  mm: 1,
  мм: 1,
};

export interface WooColumns {
  readonly at: Readonly<Partial<Record<Plain, number>>>;
  readonly sizes: Readonly<Partial<Record<Size, { readonly at: number; readonly factor: number }>>>;
  readonly attributes: readonly { readonly name: number; readonly values: number }[];
}

const byName = new Map<string, Plain>(Object.entries(NAMES).flatMap(([key, names]) => names.map((name) => [name, key as Plain] as const)));

/** Undefined for a header that is not WooCommerce's: it has a type, a name and a regular price. */
export function wooColumns(header: readonly string[]): WooColumns | undefined {
  const at: Partial<Record<Plain, number>> = {};
  const sizes: Partial<Record<Size, { at: number; factor: number }>> = {};
  const attributes = new Map<string, { name?: number; values?: number }>();
  header.forEach((cell, column) => {
    const name = cell
      .replace(/^\ufeff/, '')
      .trim()
      .toLowerCase();
    const plain = byName.get(name);
    if (plain) at[plain] ??= column;
    const sized = /^(\S+) \((\S+)\)$/.exec(name);
    const size = sized?.[1] && SIZES[sized[1]];
    const factor = sized?.[2] && UNITS[sized[2]];
    if (size && factor) sizes[size] = { at: column, factor };
    const number = /^attribute (\d+) (name|value\(s\))$/.exec(name)?.[1] ?? /^(?:имя атрибута|значени[ея] атрибут(?:а|ов)) (\d+)$/.exec(name)?.[1];
    if (number) attributes.set(number, { ...attributes.get(number), [/name$|^имя/.test(name) ? 'name' : 'values']: column });
  });
  if (at.type === undefined || at.name === undefined || at.regular === undefined) return undefined;
  return { at, sizes, attributes: [...attributes.values()].flatMap(({ name, values }) => (name === undefined || values === undefined ? [] : [{ name, values }])) };
}
