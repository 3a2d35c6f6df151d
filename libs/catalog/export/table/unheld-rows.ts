import type { Language } from '../../faults/fault-texts.js';
import { HEADERS, jsonHeader, type JsonField, PLAIN_COLUMNS, type PlainColumn } from './headers.js';
import type { Unheld } from './product-table.js';

interface Words {
  readonly header: readonly [sku: string, column: string, meaning: string];
  /** Of a value longer than a cell. */
  readonly value: string;
  /** Of a product whose article does not survive in a cell. */
  readonly product: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    header: ['Артикул', 'Столбец', 'Что это значит'],
    value:
      'Значение длиннее, чем вмещает ячейка, поэтому здесь она пуста. При загрузке этого файла товар сохранит то, что у него есть. Чтобы перенести и это значение, выгрузите CSV или JSON lines.',
    product: 'Ячейка исказила бы такой артикул, поэтому товара в этом файле нет. При загрузке он не изменится. Чтобы перенести и его, выгрузите CSV или JSON lines.',
  },
  en: {
    header: ['SKU', 'Column', 'What it means'],
    value:
      'The value is longer than a cell can be, so the cell is empty here. Importing this file leaves the product what it has. Export CSV or JSON lines to carry this value over too.',
    product: 'A cell would distort this SKU, so the product is not in this file. Importing the file does not change it. Export CSV or JSON lines to carry it over too.',
  },
  zh: {
    header: ['货号', '列', '含义'],
    value: '该值超出单元格可容纳的长度，因此此处为空。导入本文件时，商品保留其现有的值。如需一并转移该值，请导出 CSV 或 JSON lines。',
    product: '单元格会改变该货号，因此本文件不含此商品。导入本文件不会改变它。如需一并转移，请导出 CSV 或 JSON lines。',
  },
};

export const unheldHeader = (language: Language): readonly string[] => WORDS[language].header;

/** A value that the workbook does not hold, told to a person: whose, in which column, and what becomes of it. */
export function unheldRow({ sku, field }: Unheld, language: Language): string[] {
  const plain = PLAIN_COLUMNS.find((column): column is PlainColumn => column === field);
  const column = plain === undefined ? jsonHeader(field as JsonField) : HEADERS[language][plain];
  return [sku, column, field === 'sku' ? WORDS[language].product : WORDS[language].value];
}
