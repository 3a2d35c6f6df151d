import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { Delimiter } from './text-encoding.js';

const QUOTE = '"';

export interface QuoteRules {
  readonly delimiter: Delimiter;
  /** Characters of one record at most. */
  readonly mostCharacters: number;
}

/**
 * Cuts text into records as it comes. A line without a quote needs no parser, and most lines of most tables have none; what lies between is parsed as
 * soon as its quotes are even. Where they do not say where a record ends (a quote that is no quote), the splitter is `stuck`: only a parser that
 * reads on from there knows.
 */
export class RecordSplitter {
  private ending: string | undefined;
  private text = '';
  /** Lines of the records given so far. */
  lines = 0;
  stuck = false;

  constructor(private readonly rules: QuoteRules) {}

  /** What was not given as records yet. */
  get rest(): string {
    return this.text;
  }

  /** How the file ends its lines; undefined before the first line is whole. */
  get lineEnd(): string | undefined {
    return this.ending;
  }

  /** The records that are whole now; `last`: nothing comes after. */
  next(more: string, last: boolean): string[][] {
    this.text += more;
    this.ending ??= firstLineEnd(this.text, last);
    const records: string[][] = [];
    let from = 0;
    while (this.ending !== undefined && !this.stuck) {
      const quote = this.text.indexOf(QUOTE, from);
      const plain = this.lineStart(quote < 0 ? this.text.length : quote, from);
      if (plain > from) this.addPlain(this.text.slice(from, plain - this.ending.length), records);
      from = plain;
      const end = quote < 0 ? from : this.endOfQuoted(from);
      if (end === from) break;
      if (this.addQuoted(this.text.slice(from, end), records)) from = end;
    }
    this.text = this.text.slice(from);
    if (last && this.text !== '' && !this.stuck) this.finish(records);
    return records;
  }

  /** Start of the line that holds `at`, not before `from`. */
  private lineStart(at: number, from: number): number {
    const { ending = '' } = this;
    const before = at < ending.length ? -1 : this.text.lastIndexOf(ending, at - ending.length);
    return before < from ? from : before + ending.length;
  }

  /** Where the lines with quotes that begin at `from` end, their quotes even and no quote in the next line; `from` when that is not seen yet. */
  private endOfQuoted(from: number): number {
    const { text, ending = '' } = this;
    let end = from;
    let odd = false;
    for (let start = from; ;) {
      const next = text.indexOf(ending, start);
      if (next < 0) return end;
      let quotes = 0;
      for (let at = text.indexOf(QUOTE, start); at >= 0 && at < next; at = text.indexOf(QUOTE, at + 1)) quotes++;
      if (quotes === 0 && !odd) return end;
      if (quotes % 2 === 1) odd = !odd;
      start = next + ending.length;
      if (!odd) end = start;
    }
  }

  private addPlain(block: string, records: string[][]): void {
    const { delimiter } = this.rules;
    for (const line of block.split(this.ending ?? '\n')) {
      records.push(line.split(delimiter));
      this.lines++;
    }
  }

  /** False when the parser needs more than these lines. */
  private addQuoted(block: string, records: string[][]): boolean {
    const { delimiter, mostCharacters } = this.rules;
    try {
      const parsed = parse(block, { delimiter, record_delimiter: this.ending, relax_column_count: true, relax_quotes: true, max_record_size: mostCharacters });
      for (const record of parsed) records.push(record);
      this.lines += block.split(this.ending ?? '\n').length - 1;
      return true;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      this.stuck = true;
      return false;
    }
  }

  /** The last line, which ends with the file. */
  private finish(records: string[][]): void {
    if (this.text.includes(QUOTE)) {
      this.stuck = true;
      return;
    }
    records.push(this.text.split(this.rules.delimiter));
    this.lines++;
    this.text = '';
  }
}

/** The first line end outside of quotes; a carriage return at the very end may be half of one. */
function firstLineEnd(text: string, last: boolean): string | undefined {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === QUOTE) quoted = !quoted;
    else if (!quoted && character === '\n') return '\n';
    else if (!quoted && character === '\r') {
      if (text[at + 1] === '\n') return '\r\n';
      return at + 1 < text.length || last ? '\r' : undefined;
    }
  }
  return undefined;
}
