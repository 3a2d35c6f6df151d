import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { UnreadableFile } from '../unreadable-file.js';
import type { Delimiter, TextEncoding } from './text-encoding.js';

const MAX_RECORD = 2 * 1024 * 1024;

export interface CsvForm {
  readonly encoding: TextEncoding;
  readonly delimiter: Delimiter;
}

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

/**
 * The records of a CSV file as they stream in, header and empty lines included.
 * @throws UnreadableFile when the rest of the file cannot be read (an open quote, a record without end)
 */
export async function* readCsv(file: string, { encoding, delimiter }: CsvForm, signal?: AbortSignal): AsyncGenerator<CsvRecord> {
  const parser = parse({ delimiter, bom: true, relax_column_count: true, relax_quotes: true, max_record_size: MAX_RECORD });
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024, ...(signal && { signal }) });
  // UTF-8 is decoded by the parser itself, one step less for most files.
  const failed = new Promise<never>((_, reject) => {
    const done = (error: unknown): void => {
      if (error) reject(error as Error);
    };
    if (encoding === 'utf-8') pipeline(bytes, parser, done);
    else pipeline(bytes, iconv.decodeStream(encoding), parser, done);
  });
  // The iteration below reports the failure; this only keeps it from counting as unhandled.
  failed.catch(() => undefined);
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line = parser.info.lines;
      yield { cells, bytes: bytes.bytesRead };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const code = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'csv-open-quote' : error.code === 'CSV_MAX_RECORD_SIZE' ? 'csv-record-too-long' : 'csv-malformed';
    throw new UnreadableFile(code, { message: error.message.slice(0, 150), max: MAX_RECORD }, String(line + 1));
  } finally {
    bytes.destroy();
  }
}

/** Whether the last character of the file ends a line. */
export async function endsWithLine(file: string, size: number, encoding: TextEncoding): Promise<boolean> {
  const width = encoding.startsWith('utf-16') ? 2 : 1;
  if (size < width) return false;
  const handle = await open(file, 'r');
  try {
    const tail = Buffer.alloc(width);
    await handle.read(tail, 0, width, size - width);
    return tail.includes(0x0a) || tail.includes(0x0d);
  } finally {
    await handle.close();
  }
}
