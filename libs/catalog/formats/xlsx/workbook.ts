import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadableFile } from '../unreadable-file.js';
import { entryName } from '../zip/entry-name.js';
import { openZip, rawName, readEntry, zipEntries } from '../zip/zip-entries.js';
import { CellFormats, dateFormat } from './cell-formats.js';
import { parseXml } from './xml-stream.js';

const MOST_ENTRIES = 5_000;
const MEGABYTE = 1024 ** 2;
const MOST_BYTES = 4 * 1024 * MEGABYTE;
/** Sheets of like rows pack well; bombs pack a thousand times. Asked only above `RATIO_FROM` bytes. */
const MOST_RATIO = 200;
const RATIO_FROM = 32 * 1024 ** 2;
/** Lists of sheets and styles are read whole. */
const MOST_LISTED = 16 * MEGABYTE;

interface SheetEntry {
  readonly name: string;
  readonly part: string;
}

/** An .xlsx file opened: its directory is checked, its parts can be streamed. */
export class Workbook {
  private constructor(
    private readonly zip: ZipFile,
    private readonly parts: ReadonlyMap<string, Entry>,
    /** Visible sheets in order. */
    readonly sheets: readonly SheetEntry[],
    readonly formats: CellFormats,
  ) {}

  /** @throws UnreadableFile for archives that are damaged, protected, far larger than they are packed, or no workbooks */
  static async open(path: string): Promise<Workbook> {
    const zip = await openZip(path).catch((error: unknown) => {
      throw new UnreadableFile('xlsx-malformed', { message: error instanceof Error ? error.message.slice(0, 120) : '' });
    });
    try {
      const parts = await readDirectory(zip);
      const book = new Workbook(zip, parts, [], new CellFormats([], false));
      const { sheets, from1904 } = await book.readSheets();
      return new Workbook(zip, parts, sheets, await book.readFormats(from1904));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  size(part: string): number {
    return this.parts.get(part)?.uncompressedSize ?? 0;
  }

  /** The unpacked bytes of a part; undefined when the workbook has none of that name. */
  async stream(part: string): Promise<Readable | undefined> {
    const entry = this.parts.get(part);
    return entry && readEntry(this.zip, entry);
  }

  close(): void {
    this.zip.close();
  }

  private async readSheets(): Promise<{ sheets: SheetEntry[]; from1904: boolean }> {
    const targets = new Map<string, string>();
    await this.each('xl/_rels/workbook.xml.rels', (name, { Id, Target }) => {
      if (name === 'Relationship' && Id !== undefined && Target !== undefined) targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`);
    });
    const sheets: SheetEntry[] = [];
    let from1904 = false;
    await this.each('xl/workbook.xml', (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
      const part = targets.get(attributes['r:id'] ?? attributes['id'] ?? '');
      if (part !== undefined && this.parts.has(part)) sheets.push({ name: attributes['name'] ?? '', part });
    });
    if (sheets.length === 0) throw new UnreadableFile('xlsx-no-sheet');
    return { sheets, from1904 };
  }

  private async readFormats(from1904: boolean): Promise<CellFormats> {
    const codes = new Map<number, string>();
    const cells: (string | undefined)[] = [];
    let inCells = false;
    await this.each(
      'xl/styles.xml',
      (name, attributes) => {
        if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) {
          const id = Number(attributes['numFmtId'] ?? 0);
          cells.push(codes.get(id) ?? dateFormat(id));
        }
      },
      (name) => (inCells &&= name !== 'cellXfs'),
    );
    return new CellFormats(cells, from1904);
  }

  private async each(part: string, open: (name: string, attributes: Readonly<Record<string, string>>) => void, close?: (name: string) => void): Promise<void> {
    const stream = await this.stream(part);
    if (!stream) return;
    for await (const bytes of parseXml(stream, { open, ...(close && { close }) })) if (bytes > MOST_LISTED) throw new UnreadableFile('xlsx-bomb', { max: MOST_LISTED / MEGABYTE });
  }
}

/** Nothing is unpacked before the sizes that the archive tells are looked at; while unpacking they are held to. */
async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) throw new UnreadableFile('set-too-many', { max: MOST_ENTRIES });
  const parts = new Map<string, Entry>();
  let bytes = 0;
  try {
    for await (const entry of zipEntries(zip)) {
      const name = entryName(rawName(entry), entry.generalPurposeBitFlag);
      if (entry.isEncrypted()) throw new UnreadableFile('xlsx-protected');
      bytes += entry.uncompressedSize;
      const packed = entry.uncompressedSize > RATIO_FROM && entry.uncompressedSize > entry.compressedSize * MOST_RATIO;
      if (bytes > MOST_BYTES || packed) throw new UnreadableFile('xlsx-bomb', { max: MOST_BYTES / MEGABYTE });
      parts.set(name, entry);
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile('xlsx-malformed', { message: error instanceof Error ? error.message.slice(0, 120) : '' });
  }
  return parts;
}
