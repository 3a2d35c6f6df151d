import { DOCUMENT_FIELDS } from '../../document/product-document.js';
import { attributeColumn, type ColumnMeaning, GRAMS, MILLIMETRES } from './column-meaning.js';

type Plain = Extract<
  ColumnMeaning['kind'],
  'sku' | 'title' | 'description' | 'brand' | 'category' | 'country' | 'vat' | 'barcodes' | 'archived' | 'pictures' | 'price' | 'oldPrice' | 'minPrice'
>;
type Measured = 'length' | 'width' | 'height' | 'weight';

const PLAIN: Readonly<Record<Plain, readonly string[]>> = {
  sku: ['sku', 'артикул', 'артикул продавца', 'артикул товара', 'код товара', 'offer id', 'offerid', 'vendor code', 'seller sku', 'item number', '货号', '商品编码'],
  title: ['name', 'title', 'product name', 'наименование', 'название', 'название товара', 'наименование товара', 'товар', '名称', '商品名称'],
  description: ['description', 'описание', 'описание товара', 'аннотация', 'полное описание', '描述'],
  brand: ['brand', 'бренд', 'торговая марка', 'марка', 'vendor', '品牌'],
  category: ['category', 'categories', 'group', 'категория', 'группа', 'группа товаров', 'раздел', 'путь категории', '类目'],
  country: ['country', 'страна', 'страна изготовитель', 'страна производства', 'страна происхождения', 'country of origin', '原产国'],
  vat: ['vat', 'tax', 'ндс', 'ставка ндс', 'vat rate', '增值税'],
  barcodes: ['barcode', 'barcodes', 'ean', 'ean13', 'ean 13', 'gtin', 'upc', 'штрихкод', 'штрих код', 'штрихкоды', 'шк', '条形码'],
  archived: ['archived', 'в архиве', 'архив', '已归档'],
  pictures: ['image', 'images', 'photo', 'photos', 'picture', 'pictures', 'фото', 'картинка', 'картинки', 'изображение', 'изображения', 'ссылки на фото', '图片'],
  price: ['price', 'цена', 'базовая цена', 'розничная цена', 'цена продажи', 'regular price', 'цена руб', 'стоимость', '价格'],
  oldPrice: ['old price', 'старая цена', 'цена до скидки', 'зачеркнутая цена', '原价'],
  minPrice: ['min price', 'минимальная цена', 'цена не ниже', '最低价'],
};

const MEASURED: Readonly<Record<Measured, readonly string[]>> = {
  length: ['length', 'depth', 'длина', 'глубина', 'длина упаковки', 'глубина упаковки', '长'],
  width: ['width', 'ширина', 'ширина упаковки', '宽'],
  height: ['height', 'высота', 'высота упаковки', '高'],
  weight: ['weight', 'вес', 'масса', 'вес брутто', 'вес в упаковке', 'вес с упаковкой', '重量'],
};

const STOCK = ['stock', 'остаток', 'остатки', 'наличие', 'количество', 'quantity', 'qty', '库存'];
const ATTRIBUTES_JSON = ['attributes json', 'attributes', 'атрибуты', 'характеристики', 'характеристики json'];

const byName = new Map<string, Plain>();
for (const [kind, names] of Object.entries(PLAIN)) for (const name of names) byName.set(name, kind as Plain);

const byField = new Map(DOCUMENT_FIELDS.map((field) => [`${normalise(field)} json`, field]));

/** What stands in the way of taking a column: it has no name, or says no unit. */
export type ColumnDoubt = 'table-column-unnamed' | 'table-column-unit';

/** Reads a header cell; a column nobody knows is an attribute of that name. */
export function headerMeaning(header: string): { readonly meaning: ColumnMeaning; readonly doubt?: ColumnDoubt } {
  const name = normalise(header);
  if (name === '') return { meaning: { kind: 'ignored' }, doubt: 'table-column-unnamed' };
  const plain = byName.get(name);
  if (plain) return { meaning: { kind: plain } };
  if (ATTRIBUTES_JSON.includes(name)) return { meaning: { kind: 'json', field: 'attributes' } };
  const field = byField.get(name);
  if (field !== undefined && field !== 'sku') return { meaning: { kind: 'json', field } };
  const system = /^(?:id|ид)\s*[:@]\s*(.+)$/i.exec(header.trim())?.[1] ?? (/^(?:id|ид) 1[cс]$/.test(name) ? '1c' : undefined);
  if (system !== undefined) return { meaning: { kind: 'externalId', system: system.trim() } };
  if (STOCK.includes(name)) return { meaning: { kind: 'stock', warehouse: 'main' } };
  const warehouse = /^(?:stock|остаток|库存)\s*[:@]\s*(.+)$/i.exec(header.trim())?.[1];
  if (warehouse !== undefined) return { meaning: { kind: 'stock', warehouse: warehouse.trim() } };
  return measured(name) ?? { meaning: attributeColumn(header.trim()) };
}

function measured(name: string): { readonly meaning: ColumnMeaning; readonly doubt?: ColumnDoubt } | undefined {
  for (const [kind, names] of Object.entries(MEASURED) as [Measured, readonly string[]][]) {
    if (names.includes(name)) return { meaning: { kind: 'ignored' }, doubt: 'table-column-unit' };
    const split = /^(.+) ([a-zа-я]+)$/.exec(name);
    const unit = split?.[2] ?? '';
    const factor = (kind === 'weight' ? GRAMS : MILLIMETRES)[unit];
    if (factor !== undefined && split?.[1] !== undefined && names.includes(split[1])) return { meaning: { kind, unit, factor } };
  }
  return undefined;
}

/** Lower case, ё as е, everything but letters and digits as one space. */
export function normalise(header: string): string {
  return header
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
