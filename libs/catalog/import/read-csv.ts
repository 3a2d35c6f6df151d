import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { detectDelimiter, detectEncoding, type Delimiter } from './text-encoding.js';

const HEAD_BYTES = 64 * 1024;
const MAX_RECORD = 2 * 1024 * 1024;

export class UnreadableCsv extends Error {
  override readonly name = 'UnreadableCsv';
}

/**
 * The records of a CSV file as they stream in; encoding and separator are found out.
 * @throws UnreadableCsv when the rest of the file cannot be read (an open quote, a record without end)
 */
export async function* readCsv(file: string): AsyncGenerator<readonly string[]> {
  const encoding = await detectEncoding(file);
  const delimiter = await sniffDelimiter(file, encoding);
  const parser = parse({ delimiter, bom: true, relax_column_count: true, relax_quotes: true, max_record_size: MAX_RECORD });
  const failed = new Promise<never>((_, reject) => pipeline(createReadStream(file), iconv.decodeStream(encoding), parser, (error) => error && reject(error)));
  // The iteration below reports the failure; this only keeps it from counting as unhandled.
  failed.catch(() => undefined);
  try {
    for await (const record of parser) yield record as string[];
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableCsv(error.message.slice(0, 200));
    throw error;
  }
}

async function sniffDelimiter(file: string, encoding: string): Promise<Delimiter> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { end: HEAD_BYTES - 1 })) chunks.push(chunk as Buffer);
  return detectDelimiter(iconv.decode(Buffer.concat(chunks), encoding));
}
