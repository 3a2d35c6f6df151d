import { stat } from 'node:fs/promises';
import { feedRow } from '../feed-row.js';
import type { ImportSource, SourceFile, SourceFormat, SourceOptions, SourceRow } from '../source.js';
import { readYml } from './read-yml.js';

/** A YML feed from a file; one that is fetched from an address is a file by then. */
export const ymlFormat: SourceFormat = {
  id: 'yml',
  recognises: ({ folder, head }) => !folder && /<yml_catalog[\s>]/.test(head.toString('latin1').replaceAll('\u0000', '')),
  open: async (file, options) => new YmlSource(file, (await stat(file.path)).size, options),
};

class YmlSource implements ImportSource {
  readonly format = ymlFormat.id;
  readonly notes = [];
  readonly ownIds = true;
  readonly signature: string;

  constructor(
    private readonly file: SourceFile,
    readonly totalBytes: number,
    private readonly options: SourceOptions,
  ) {
    this.signature = JSON.stringify([options.currency]);
  }

  async *rows(after: number, signal: AbortSignal): AsyncGenerator<SourceRow> {
    let bytes = 0;
    let position = 0;
    for await (const row of readYml(this.file.path, { currency: this.options.currency, signal, onBytes: (read) => (bytes = read) })) {
      if (++position > after) yield feedRow(row, position, bytes);
    }
  }
}
