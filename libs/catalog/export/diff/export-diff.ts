import { Readable } from 'node:stream';
import { formatMoney } from '#kernel';
import type { Language } from '../../faults/fault-texts.js';
import { guardCell } from '../../formats/formula-guard.js';
import type { Cell } from '../table/product-table.js';
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
const LONGEST = 32_000;

/** Differences between two states of the catalog as a file that streams. */
export function exportDiff(pages: AsyncIterable<readonly FieldDifference[]>, format: DiffFormat, language: Language = 'ru'): Readable {
  if (format === 'jsonl') return Readable.from(jsonLines(pages), { objectMode: false });
  if (format === 'csv') return Readable.from(writeCsv(HEADERS[language], rows(pages, Number.POSITIVE_INFINITY)), { objectMode: false });
  return writeXlsx([{ name: SHEETS[language], header: () => Promise.resolve(HEADERS[language]), pages: rows(pages, LONGEST) }]);
}

async function* jsonLines(pages: AsyncIterable<readonly FieldDifference[]>): AsyncGenerator<string> {
  for await (const page of pages) {
    yield page.map(({ before = null, after = null, at, ...rest }) => `${JSON.stringify({ ...rest, before, after, time: at.toISOString() })}\n`).join('');
  }
}

async function* rows(pages: AsyncIterable<readonly FieldDifference[]>, longest: number): AsyncGenerator<Cell[][]> {
  for await (const page of pages) {
    yield page.map(({ sku, field, before, after, author, at, cause, revision }): Cell[] => {
      const { kind, ...details } = cause;
      const why = [kind, ...Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`)].join(', ');
      return [
        ...[sku, field, shown(before), shown(after), author, at.toISOString(), why].map((text) => guardCell(text.length > longest ? `${text.slice(0, longest)}…` : text)),
        revision,
      ];
    });
  }
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value && typeof value.minor === 'number') {
    return `${formatMoney({ minor: value.minor, currency: String(value.currency) })} ${String(value.currency)}`;
  }
  return JSON.stringify(value);
}
