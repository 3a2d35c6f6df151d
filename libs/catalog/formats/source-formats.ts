import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { commerceMlFormat } from './commerceml/commerceml-source.js';
import { csvFormat } from './csv/csv-format.js';
import { xlsxFormat } from './xlsx/xlsx-format.js';
import { jsonLinesFormat } from './jsonl/jsonl-source.js';
import type { ImportSource, SourceFile, SourceFormat, SourceOptions } from './source.js';
import { UnreadableFile } from './unreadable-file.js';
import { wooFormat } from './woocommerce/woo-source.js';
import { ymlFormat } from './yml/yml-source.js';

const HEAD_BYTES = 64 * 1024;

/** Every kind of file that can be imported, in the order in which they are asked whether a file is theirs. */
export const sourceFormats: readonly SourceFormat[] = [wooFormat, csvFormat, xlsxFormat, ymlFormat, commerceMlFormat, jsonLinesFormat];

/** A file as the formats look at it. @throws UnreadableFile when it is empty */
export async function sourceFile(path: string, name = basename(path)): Promise<SourceFile> {
  const found = await stat(path);
  if (found.isDirectory()) return { path, name, folder: true, head: Buffer.alloc(0) };
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (bytesRead === 0) throw new UnreadableFile('table-empty');
    return { path, name, folder: false, head: buffer.subarray(0, bytesRead) };
  } finally {
    await handle.close();
  }
}

/** The format of a file: the one named, else the first that recognises it. @throws UnreadableFile when none does */
export function formatOf(file: SourceFile, id?: string): SourceFormat {
  const format = id === undefined ? sourceFormats.find((one) => one.recognises(file)) : sourceFormats.find((one) => one.id === id);
  if (!format) throw new UnreadableFile('format-unknown', { name: file.name, known: sourceFormats.map((one) => one.id).join(', ') });
  return format;
}

/** Opens a file for import. @throws UnreadableFile */
export async function openSource(path: string, options: SourceOptions & { readonly name?: string; readonly format?: string }): Promise<ImportSource> {
  const file = await sourceFile(path, options.name);
  return formatOf(file, options.format).open(file, options);
}
