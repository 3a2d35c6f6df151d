import type { ImportSource, SourceRow } from '../formats/source.js';
import { UnreadableFile } from '../formats/unreadable-file.js';

/** Rows of one part in order; `broken` says why the source cannot be read beyond them. */
export interface RowBatch {
  readonly rows: readonly SourceRow[];
  readonly broken?: UnreadableFile;
}

const MOST_ROWS = 1_000;
/** The first batches are smaller: the sooner one is read, the sooner the database has something to do. */
const FIRST_ROWS = 250;
/** Rows may be long: a batch is full when it says this much. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** The rows of a source in batches, each of one part only; the next batch is read while the last one is worked on. */
export async function* readBatches(source: ImportSource, after: number, signal: AbortSignal): AsyncGenerator<RowBatch> {
  const batches = cut(source, after, signal);
  let next = batches.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = batches.next();
      // A failure of the batch read ahead is told when its turn comes.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
    await batches.return(undefined);
  }
}

async function* cut(source: ImportSource, after: number, signal: AbortSignal): AsyncGenerator<RowBatch, undefined> {
  let rows: SourceRow[] = [];
  let characters = 0;
  let most = FIRST_ROWS;
  const take = (): RowBatch => {
    const batch = { rows };
    rows = [];
    characters = 0;
    most = Math.min(most * 2, MOST_ROWS);
    return batch;
  };
  try {
    for await (const row of source.rows(after, signal)) {
      if (rows.length > 0 && (rows.length >= most || characters >= MOST_CHARACTERS || rows[0]?.part !== row.part)) yield take();
      rows.push(row);
      characters += row.says.length;
    }
    if (rows.length > 0) yield take();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield { ...take(), broken: error };
  }
  return undefined;
}
