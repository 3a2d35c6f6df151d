import { posix } from 'node:path';
import iconv from 'iconv-lite';
import { type FileSet, isZip, openFileSet } from '../file-set.js';
import { feedRow } from '../feed-row.js';
import type { ImportSource, SourceFile, SourceFormat, SourceOptions, SourceRow } from '../source.js';
import { UnreadableFile } from '../unreadable-file.js';
import { encodingOf } from '../xml/xml-encoding.js';
import { readCommerceMl } from './read-commerceml.js';
import type { LengthFactor } from './catalog-item.js';

const LENGTHS: Readonly<Record<string, LengthFactor>> = { mm: 1, cm: 10, m: 1000 };
/** What the choice `length-unit` may say. */
export const LENGTH_UNITS = Object.keys(LENGTHS);

/** CommerceML 2.03 to 3.1: one file, a folder or a zip archive of an exchange with 1C. */
export const commerceMlFormat: SourceFormat = {
  id: 'commerceml',
  recognises: ({ folder, head, name }) => folder || (isZip(head) && /\.zip$/i.test(name)) || /<(?:\w+:)?(?:КоммерческаяИнформация|Классификатор)[\s>]/.test(startOf(head)),
  open: (file, options) => CommerceMlSource.open(file, options),
};

function startOf(head: Buffer): string {
  try {
    return iconv.decode(head, encodingOf(head));
  } catch (error) {
    if (error instanceof UnreadableFile) return '';
    throw error;
  }
}

class CommerceMlSource implements ImportSource {
  readonly format = commerceMlFormat.id;
  readonly notes = [];
  readonly signature: string;
  readonly totalBytes: number;
  partial = false;

  private constructor(
    private readonly set: FileSet,
    private readonly options: SourceOptions,
  ) {
    const { choices, currency } = options;
    this.signature = JSON.stringify([currency, choices?.['price-type'], choices?.['length-unit']]);
    this.totalBytes = this.xml.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  static async open(file: SourceFile, options: SourceOptions): Promise<CommerceMlSource> {
    const set = await openFileSet(file);
    if (set.files.some(({ name }) => isXml(name))) return new CommerceMlSource(set, options);
    await set.close();
    throw new UnreadableFile('onec-nothing');
  }

  async *rows(after: number, signal: AbortSignal): AsyncGenerator<SourceRow> {
    const { choices, currency } = this.options;
    const priceType = choices?.['price-type'];
    let [before, bytes] = [0, 0];
    const rows = readCommerceMl(
      this.xml,
      {
        signal,
        currency,
        ...(priceType !== undefined && { priceType }),
        lengthFactor: LENGTHS[choices?.['length-unit'] ?? 'm'] ?? 1000,
        onBytes: (file, read) => {
          bytes = before + read;
          if (read >= file.bytes) before += file.bytes;
        },
      },
      ({ partial }) => (this.partial = partial),
    );
    let position = 0;
    for await (const row of rows) {
      signal.throwIfAborted();
      if (++position > after) yield feedRow(row, position, bytes);
    }
  }

  /** The file behind a name that the goods give: pictures lie beside the data, under the folder that the exchange sends. */
  pictureFile(name: string): string | undefined {
    const wanted = posix
      .normalize(name.replaceAll('\\', '/'))
      .replace(/^(\.?\/)+/, '')
      .toLowerCase();
    const files = this.set.files.filter((file) => !isXml(file.name));
    return (files.find((file) => file.name.toLowerCase() === wanted) ?? files.find((file) => file.name.toLowerCase().endsWith(`/${wanted}`)))?.path;
  }

  close(): Promise<void> {
    return this.set.close();
  }

  private get xml(): FileSet['files'] {
    return this.set.files.filter(({ name }) => isXml(name));
  }
}

function isXml(name: string): boolean {
  return /\.xml$/i.test(name);
}
