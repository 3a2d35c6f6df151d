import { fingerprint } from '#kernel';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import type { ImportSource, SourceRow } from '../../formats/source.js';
import { UnreadableFile } from '../../formats/unreadable-file.js';
import { type ColumnMeaning, meaningOf, meaningText } from './column-meaning.js';
import { headerMeaning, normalise } from './header-meaning.js';
import { cellText, columnsToRead, rowToPatch } from './row-to-patch.js';

/** A record of a table as its reader found it. */
export interface TableRecord {
  readonly cells: readonly string[];
  /** As the spreadsheet numbers it; absent when records are simply counted. */
  readonly row?: number;
  /** Bytes read so far. */
  readonly bytes: number;
  /** Values of single cells that were read with a doubt (a formula's last value). */
  readonly warnings?: readonly ValidationIssue[];
  /** Why the record cannot be taken as it is (the file ends in the middle of it). */
  readonly fault?: ValidationIssue;
}

/** A table opened by its reader: the header is read, the records after it can be read any number of times. */
export interface OpenTable {
  readonly format: 'csv' | 'xlsx';
  readonly header: readonly string[];
  /** Row of the header as a person counts, from 1. */
  readonly headerRow: number;
  readonly totalBytes: number;
  readonly notes: readonly ValidationIssue[];
  records(signal: AbortSignal): AsyncIterable<TableRecord>;
}

/** A column as it is shown for the mapping: its header, what it is taken for, and the doubt about that. */
export interface TableColumn {
  readonly header: string;
  readonly meaning: string;
  readonly doubt?: ValidationIssue;
}

/** Tables with the same columns, in any case and spacing, are mapped alike. */
export function headerSignature(header: readonly string[]): string {
  return fingerprint(JSON.stringify(header.map(normalise)));
}

/** What each column means: as chosen, else by its header. A field that two columns claim is the first one's. */
export function tableColumns(header: readonly string[], chosen?: readonly string[]): TableColumn[] {
  const taken = new Set<string>();
  return header.map((name, i): TableColumn => {
    const given = chosen?.[i] === undefined ? undefined : meaningOf(chosen[i]);
    const { meaning, doubt } = given ? { meaning: given, doubt: undefined } : headerMeaning(name);
    const text = meaningText(meaning);
    if (meaning.kind !== 'ignored' && taken.has(text)) return { header: name, meaning: 'ignored', doubt: issueOf(name, name, 'table-column-twice', { meaning: text }) };
    taken.add(text);
    return { header: name, meaning: text, ...(doubt && { doubt: issueOf(name, name, doubt, { column: name.trim() }) }) };
  });
}

/** Records after the header, as far as they can be read. */
export async function countRecords(table: OpenTable): Promise<number> {
  let records = 0;
  try {
    for await (const _record of table.records(new AbortController().signal)) records++;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return records;
}

/**
 * A table as rows of products, by what its columns mean.
 * @throws UnreadableFile when no column holds the SKU
 */
export async function tableSource(table: OpenTable, options: { readonly currency: string; readonly columns?: readonly string[] }): Promise<ImportSource> {
  const columns = tableColumns(table.header, options.columns);
  const meanings = columns.map((column): ColumnMeaning => meaningOf(column.meaning) ?? { kind: 'ignored' });
  const skuColumn = meanings.findIndex((meaning) => meaning.kind === 'sku');
  if (skuColumn < 0) throw new UnreadableFile('table-no-sku-column', { columns: table.header.slice(0, 12).join(', ').slice(0, 300) }, undefined, await countRecords(table));
  const toRead = columnsToRead(meanings);
  const width = table.header.length;

  function rowOf({ cells, bytes, row, warnings = [], fault }: TableRecord, position: number): SourceRow {
    const place = String(row ?? table.headerRow + position);
    const base = { position, place, bytes, says: '', change: () => ({ patch: {}, warnings: [] }) };
    if (cells.every((cell) => cell.trim() === '')) return { ...base, skipped: issueOf('row', undefined, 'table-empty-row') };
    if (cells.length > width) return { ...base, faults: [issueOf('row', `${cells.length}`, 'table-too-many-cells', { columns: width })] };
    const sku = cellText(cells[skuColumn]);
    if (fault) return { ...base, sku, faults: [fault] };
    if (sku === '') return { ...base, faults: [issueOf('sku', undefined, 'table-no-sku')] };
    return {
      ...base,
      sku,
      says: JSON.stringify(cells),
      change: () => {
        const change = rowToPatch(toRead, cells, options.currency);
        return warnings.length === 0 ? change : { ...change, warnings: [...warnings, ...change.warnings] };
      },
    };
  }

  return {
    format: table.format,
    signature: JSON.stringify([columns.map((column) => column.meaning), options.currency]),
    totalBytes: table.totalBytes,
    notes: [...table.notes, ...columns.flatMap((column) => column.doubt ?? [])],
    async *rows(after, signal) {
      let position = 0;
      for await (const record of table.records(signal)) if (++position > after) yield rowOf(record, position);
    },
  };
}
