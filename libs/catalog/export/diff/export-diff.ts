import { Readable } from 'node:stream';
import type { Language } from '../../faults/fault-texts.js';
import { guardCell } from '../../formats/formula-guard.js';
import type { Cell } from '../table/product-table.js';
import { cellText, type Wording } from '../table/wording.js';
import { writeCsv } from '../table/write-csv.js';
import { writeXlsx } from '../table/write-xlsx.js';
import type { FieldDifference } from './catalog-diff.js';

export const DIFF_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

const HEADERS: Readonly<Record<Language, readonly string[]>> = {
  ru: ['Артикул', 'Поле', 'Было', 'Стало', 'Кто', 'Когда', 'Причина', 'Ревизия'],
  en: ['SKU', 'Field', 'Before', 'After', 'Author', 'Time', 'Cause', 'Revision'],
  zh: ['货号', '字段', '之前', '之后', '作者', '时间', '原因', '修订'],
};
const SHEETS: Readonly<Record<Language, string>> = { ru: 'Изменения', en: 'Changes', zh: '变更' };

/** Differences between two states of the catalog as a file that streams; lines of JSON keep codes and minor units. */
export function exportDiff(pages: AsyncIterable<readonly FieldDifference[]>, format: DiffFormat, language: Language, wording: Wording): Readable {
  if (format === 'jsonl') return Readable.from(jsonLines(pages), { objectMode: false });
  if (format === 'csv')
    return Readable.from(
      writeCsv(
        HEADERS[language],
        rows(pages, wording, (text) => text),
      ),
      { objectMode: false },
    );
  return writeXlsx([{ name: SHEETS[language], header: () => Promise.resolve(HEADERS[language]), pages: rows(pages, wording, cellText) }]);
}

async function* jsonLines(pages: AsyncIterable<readonly FieldDifference[]>): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map(({ before = null, after = null, at, ...rest }) => `${JSON.stringify({ ...rest, before, after, time: at.toISOString() })}\n`).join('');
  }
}

async function* rows(pages: AsyncIterable<readonly FieldDifference[]>, wording: Wording, fit: (text: string) => string): AsyncGenerator<Cell[][]> {
  for await (const page of pages) {
    yield page.map(({ sku, field, before, after, author, at, cause, revision }): Cell[] => {
      const told = [sku, wording.field(field), wording.value(field, before), wording.value(field, after), author, at.toISOString(), wording.cause(cause)];
      return [...told.map((text) => guardCell(fit(text))), revision];
    });
  }
}
