/** What a column of an imported file says. Sizes carry the factor to millimetres or grams. */
export type ColumnMeaning =
  | { readonly kind: 'sku' | 'title' | 'description' | 'brand' | 'category' | 'country' | 'vat' | 'barcodes' | 'attributes' }
  | { readonly kind: 'price' | 'oldPrice' | 'minPrice' }
  | { readonly kind: 'stock'; readonly warehouse: string }
  | { readonly kind: 'externalId'; readonly system: string }
  | { readonly kind: 'length' | 'width' | 'height' | 'weight'; readonly factor: number }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'ignored'; readonly reason: string; readonly remedy: string };

type Plain = 'sku' | 'title' | 'description' | 'brand' | 'category' | 'country' | 'vat' | 'barcodes' | 'attributes' | 'price' | 'oldPrice' | 'minPrice';
type Measured = 'length' | 'width' | 'height' | 'weight';

const PLAIN: Readonly<Record<Plain, readonly string[]>> = {
  sku: ['sku', 'артикул', 'артикул продавца', 'артикул товара', 'код товара', 'offer id', 'offerid', 'vendor code', 'seller sku', 'item number'],
  title: ['name', 'title', 'product name', 'наименование', 'название', 'название товара', 'наименование товара', 'товар'],
  description: ['description', 'описание', 'описание товара', 'аннотация', 'полное описание'],
  brand: ['brand', 'бренд', 'торговая марка', 'марка', 'vendor'],
  category: ['category', 'categories', 'group', 'категория', 'группа', 'группа товаров', 'раздел', 'путь категории'],
  country: ['country', 'страна', 'страна изготовитель', 'страна производства', 'страна происхождения', 'country of origin'],
  vat: ['vat', 'tax', 'ндс', 'ставка ндс', 'vat rate'],
  barcodes: ['barcode', 'barcodes', 'ean', 'ean13', 'ean 13', 'gtin', 'upc', 'штрихкод', 'штрих код', 'штрихкоды', 'шк'],
  attributes: ['attributes json', 'attributes', 'атрибуты', 'характеристики', 'характеристики json'],
  price: ['price', 'цена', 'базовая цена', 'розничная цена', 'цена продажи', 'regular price', 'цена руб', 'стоимость'],
  oldPrice: ['old price', 'старая цена', 'цена до скидки', 'зачеркнутая цена'],
  minPrice: ['min price', 'минимальная цена', 'цена не ниже'],
};

const MEASURED: Readonly<Record<Measured, readonly string[]>> = {
  length: ['length', 'depth', 'длина', 'глубина', 'длина упаковки', 'глубина упаковки'],
  width: ['width', 'ширина', 'ширина упаковки'],
  height: ['height', 'высота', 'высота упаковки'],
  weight: ['weight', 'вес', 'масса', 'вес брутто', 'вес в упаковке', 'вес с упаковкой'],
};

const STOCK = ['stock', 'остаток', 'остатки', 'наличие', 'количество', 'quantity', 'qty'];
const PICTURES = ['image', 'images', 'photo', 'photos', 'picture', 'pictures', 'фото', 'картинка', 'картинки', 'изображение', 'изображения', 'ссылки на фото'];
const MILLIMETRES: Readonly<Record<string, number>> = { mm: 1, мм: 1, cm: 10, см: 10, m: 1000, м: 1000 };
const GRAMS: Readonly<Record<string, number>> = { g: 1, г: 1, гр: 1, kg: 1000, кг: 1000 };

const byName = new Map<string, Plain>();
for (const [kind, names] of Object.entries(PLAIN)) for (const name of names) byName.set(name, kind as Plain);

/** Reads a header cell; a column nobody knows is an attribute of that name. */
export function columnMeaning(header: string): ColumnMeaning {
  const name = normalise(header);
  if (name === '') return { kind: 'ignored', reason: 'the column has no name', remedy: 'name it in the first row, or remove it' };
  const plain = byName.get(name);
  if (plain) return { kind: plain };
  if (name === 'id 1c' || name === 'id 1с' || name === 'ид 1с') return { kind: 'externalId', system: '1c' };
  if (STOCK.includes(name)) return { kind: 'stock', warehouse: 'main' };
  const warehouse = /^(?:stock|остаток)\s*[:@]\s*(.+)$/i.exec(header.trim())?.[1];
  if (warehouse) return { kind: 'stock', warehouse: warehouse.trim() };
  if (PICTURES.includes(name)) return { kind: 'ignored', reason: 'pictures are not taken from files of this kind', remedy: 'upload the pictures to the products' };
  return measured(name) ?? { kind: 'attribute', name: header.trim() };
}

function measured(name: string): ColumnMeaning | undefined {
  for (const [kind, names] of Object.entries(MEASURED) as [Measured, readonly string[]][]) {
    if (names.includes(name))
      return { kind: 'ignored', reason: 'the unit is not said', remedy: `name the column with its unit, e.g. "${name}, ${kind === 'weight' ? 'кг' : 'см'}"` };
    const split = /^(.+) ([a-zа-я]+)$/.exec(name);
    const factor = split?.[2] && (kind === 'weight' ? GRAMS : MILLIMETRES)[split[2]];
    if (factor && split[1] && names.includes(split[1])) return { kind, factor };
  }
  return undefined;
}

function normalise(header: string): string {
  return header
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^a-zа-я0-9]+/g, ' ')
    .trim();
}
