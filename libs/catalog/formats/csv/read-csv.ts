import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { UnreadableFile } from '../unreadable-file.js';
import { RecordSplitter } from './record-splitter.js';
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
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024, ...(signal && { signal }) });
  const texts = decoded(bytes, encoding);
  const splitter = new RecordSplitter({ delimiter, mostCharacters: MAX_RECORD });
  try {
    for (let last = false; !last && !splitter.stuck;) {
      const { value, done } = await texts.next();
      last = done === true;
      for (const cells of splitter.next(value ?? '', last)) yield { cells, bytes: bytes.bytesRead };
      if (splitter.rest.length <= MAX_RECORD) continue;
      if (!splitter.rest.includes('"')) throw new UnreadableFile('csv-record-too-long', { max: MAX_RECORD }, String(splitter.lines + 1));
      splitter.stuck = true;
    }
    if (splitter.stuck) yield* parsed(splitter, texts, delimiter, bytes);
  } finally {
    bytes.destroy();
  }
}

/** Where only the parser knows what a quote means, it reads all that is left. */
async function* parsed({ rest, lines, lineEnd }: RecordSplitter, texts: AsyncIterable<string>, delimiter: Delimiter, bytes: ReadStream): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD,
    ...(lineEnd !== undefined && { record_delimiter: lineEnd }),
  });
  const left = Readable.from(joined(rest, texts));
  left.once('error', (error) => parser.destroy(error));
  let line = lines;
  try {
    for await (const cells of left.pipe(parser) as AsyncIterable<string[]>) {
      line = lines + parser.info.lines;
      yield { cells, bytes: bytes.bytesRead };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const code = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'csv-open-quote' : error.code === 'CSV_MAX_RECORD_SIZE' ? 'csv-record-too-long' : 'csv-malformed';
    throw new UnreadableFile(code, { message: error.message.slice(0, 150), max: MAX_RECORD }, String(line + 1));
  }
}

async function* joined(first: string, more: AsyncIterable<string>): AsyncGenerator<string> {
  if (first !== '') yield first;
  yield* more;
}

/** The text of the file without its byte order mark. */
async function* decoded(bytes: ReadStream, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of bytes as AsyncIterable<Buffer>) yield decoder.write(chunk);
  const tail = decoder.end();
  if (tail !== undefined && tail !== '') yield tail;
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
