import type { DocumentField } from '../../document/product-document.js';
import type { Language } from '../../faults/fault-texts.js';

/** Columns that hold one field as a person writes it. */
export const PLAIN_COLUMNS = [
  'sku',
  'title',
  'description',
  'brand',
  'category',
  'country',
  'vat',
  'barcodes',
  'price',
  'oldPrice',
  'minPrice',
  'weight',
  'length',
  'width',
  'height',
  'archived',
  'pictures',
] as const;
export type PlainColumn = (typeof PLAIN_COLUMNS)[number];

/** Every header is one that the import knows by itself; a test holds the two together. */
export const HEADERS: Readonly<Record<Language, Readonly<Record<PlainColumn, string>> & { readonly stock: string }>> = {
  ru: {
    sku: 'Артикул',
    title: 'Название',
    description: 'Описание',
    brand: 'Бренд',
    category: 'Категория',
    country: 'Страна',
    vat: 'НДС',
    barcodes: 'Штрихкоды',
    price: 'Цена',
    oldPrice: 'Старая цена',
    minPrice: 'Минимальная цена',
    weight: 'Вес, г',
    length: 'Длина, мм',
    width: 'Ширина, мм',
    height: 'Высота, мм',
    archived: 'В архиве',
    pictures: 'Фото',
    stock: 'Остаток',
  },
  en: {
    sku: 'SKU',
    title: 'Title',
    description: 'Description',
    brand: 'Brand',
    category: 'Category',
    country: 'Country',
    vat: 'VAT',
    barcodes: 'Barcodes',
    price: 'Price',
    oldPrice: 'Old price',
    minPrice: 'Min price',
    weight: 'Weight, g',
    length: 'Length, mm',
    width: 'Width, mm',
    height: 'Height, mm',
    archived: 'Archived',
    pictures: 'Pictures',
    stock: 'Stock',
  },
  zh: {
    sku: '货号',
    title: '商品名称',
    description: '描述',
    brand: '品牌',
    category: '类目',
    country: '原产国',
    vat: '增值税',
    barcodes: '条形码',
    price: '价格',
    oldPrice: '原价',
    minPrice: '最低价',
    weight: '重量, g',
    length: '长, mm',
    width: '宽, mm',
    height: '高, mm',
    archived: '已归档',
    pictures: '图片',
    stock: '库存',
  },
};

/** Fields that also have a column of JSON, for what a plain cell cannot hold. */
export const JSON_FIELDS = [
  'title',
  'description',
  'brand',
  'category',
  'country',
  'attributes',
  'media',
  'price',
  'oldPrice',
  'minPrice',
  'stock',
  'model',
  'components',
  'translations',
  'externalIds',
  'overrides',
] as const satisfies readonly DocumentField[];
export type JsonField = (typeof JSON_FIELDS)[number];

export function jsonHeader(field: JsonField): string {
  return `${field} JSON`;
}
