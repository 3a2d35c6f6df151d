import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import { MOST_COLUMNS } from '../csv/csv-format.js';
import { UnreadableFile } from '../unreadable-file.js';
import type { SharedStrings } from './shared-strings.js';
import type { Workbook } from './workbook.js';
import { parseXml } from './xml-stream.js';

export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
  readonly warnings: readonly ValidationIssue[];
  /** Unpacked bytes of the sheet read so far. */
  readonly bytes: number;
}

/** The rows of a sheet that hold anything, as they stream in. Formulas are not carried out: their last value is taken and told of. @throws UnreadableFile */
export async function* readSheet(book: Workbook, part: string, strings: SharedStrings): AsyncGenerator<SheetRow> {
  const stream = await book.stream(part);
  if (!stream) throw new UnreadableFile('xlsx-no-sheet');
  const rows = new RowCollector(book, strings);
  for await (const bytes of parseXml(stream, rows)) {
    for (const row of rows.take()) yield { ...row, bytes };
  }
}

class RowCollector {
  private done: Omit<SheetRow, 'bytes'>[] = [];
  private cells: string[] = [];
  private warnings: ValidationIssue[] = [];
  private row = 0;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private formula = false;
  private reading = false;

  constructor(
    private readonly book: Workbook,
    private readonly strings: SharedStrings,
  ) {}

  take(): Omit<SheetRow, 'bytes'>[] {
    const rows = this.done;
    this.done = [];
    return rows;
  }

  readonly open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') {
      this.row = Number(attributes['r'] ?? this.row + 1);
      this.column = -1;
      this.cells = [];
      this.warnings = [];
    } else if (name === 'c') {
      this.column = attributes['r'] === undefined ? this.column + 1 : columnOf(attributes['r']);
      if (this.column >= MOST_COLUMNS) throw new UnreadableFile('table-too-many-columns', { columns: this.column + 1, max: MOST_COLUMNS }, String(this.row));
      this.type = attributes['t'] ?? 'n';
      this.style = Number(attributes['s'] ?? 0);
      this.value = '';
      this.formula = false;
    } else if (name === 'f') this.formula = true;
    else if (name === 'v' || name === 't') this.reading = true;
  };

  readonly text = (piece: string): void => {
    if (this.reading) this.value += piece;
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.reading = false;
    else if (name === 'c') this.put();
    else if (name === 'row' && this.cells.some((cell) => cell !== '')) this.done.push({ row: this.row, cells: this.cells, warnings: this.warnings });
  };

  private put(): void {
    const text = this.shown();
    while (this.cells.length < this.column) this.cells.push('');
    this.cells[this.column] = text;
    if (this.formula) this.warnings.push(issueOf(columnName(this.column), text, 'xlsx-formula'));
  }

  private shown(): string {
    switch (this.type) {
      case 's':
        return this.strings.get(Number(this.value)) ?? '';
      case 'b':
        return this.value === '1' ? 'да' : 'нет';
      case 'e':
        this.warnings.push(issueOf(columnName(this.column), this.value, 'xlsx-error'));
        return '';
      case 'n':
        return this.book.formats.shown(this.value, this.style);
      default:
        return unescaped(this.value);
    }
  }
}

/** "C7" → 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const digit = letter.charCodeAt(0) - 64;
    if (digit < 1 || digit > 26) break;
    column = column * 26 + digit;
  }
  return column - 1;
}

/** 2 → "C". */
function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** Spreadsheets write control characters as _x000D_. */
function unescaped(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9a-f]{4})_/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16))) : text;
}
