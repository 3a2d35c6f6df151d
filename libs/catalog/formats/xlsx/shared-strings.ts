import type { Database } from 'lmdb';
import { ScratchTables } from '../scratch-tables.js';
import type { Workbook } from './workbook.js';
import { parseXml } from './xml-stream.js';

/** Characters kept in memory; a workbook with more of them is looked up on disk. */
const IN_MEMORY = 8 * 1024 * 1024;

/** The texts that the cells of a workbook refer to by number. Memory stays flat however many there are. */
export class SharedStrings {
  private readonly texts: string[] = [];
  private characters = 0;
  private spilled: { readonly tables: ScratchTables; readonly texts: Database<string, string>; count: number } | undefined;

  static async read(book: Workbook): Promise<SharedStrings> {
    const strings = new SharedStrings();
    const stream = await book.stream('xl/sharedStrings.xml');
    if (!stream) return strings;
    let text = '';
    let phonetic = false;
    let inText = false;
    const found: string[] = [];
    const reading = parseXml(stream, {
      open: (name) => {
        if (name === 'si') text = '';
        else if (name === 'rPh') phonetic = true;
        else inText = name === 't';
      },
      text: (piece) => {
        if (inText && !phonetic) text += piece;
      },
      close: (name) => {
        if (name === 'si') found.push(text);
        else if (name === 'rPh') phonetic = false;
        inText = false;
      },
    });
    try {
      for await (const _bytes of reading) await strings.add(found.splice(0));
    } catch (error) {
      await strings.close();
      throw error;
    }
    return strings;
  }

  get(index: number): string | undefined {
    return index < this.texts.length ? this.texts[index] : this.spilled?.texts.get(String(index));
  }

  async close(): Promise<void> {
    await this.spilled?.tables.close();
  }

  private async add(found: readonly string[]): Promise<void> {
    if (!this.spilled && this.characters < IN_MEMORY) {
      this.texts.push(...found);
      this.characters += found.reduce((sum, text) => sum + text.length, 0);
      return;
    }
    this.spilled ??= await spill(this.texts.length);
    const { texts } = this.spilled;
    let last: Promise<boolean> | undefined;
    for (const text of found) last = texts.put(String(this.spilled.count++), text);
    await last;
  }
}

async function spill(count: number): Promise<{ tables: ScratchTables; texts: Database<string, string>; count: number }> {
  const tables = await ScratchTables.open();
  return { tables, texts: tables.table<string>('texts'), count };
}
