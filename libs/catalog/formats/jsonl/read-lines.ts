import { createReadStream } from 'node:fs';
import { UnreadableFile } from '../unreadable-file.js';

const LONGEST = 32 * 1024 * 1024;
const LINE_FEED = 0x0a;

export interface Line {
  readonly text: string;
  /** Of the file, read so far. */
  readonly bytes: number;
}

/** The lines of a file in UTF-8, one in memory at a time. @throws UnreadableFile for a line without end */
export async function* readLines(file: string, signal?: AbortSignal): AsyncGenerator<Line> {
  const stream = createReadStream(file, { highWaterMark: 256 * 1024, ...(signal && { signal }) });
  let parts: Buffer[] = [];
  let held = 0;
  let bytes = 0;
  let line = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      line++;
      yield { text: textOf([...parts, chunk.subarray(from, end)]), bytes: bytes + end };
      parts = [];
      held = 0;
      from = end + 1;
    }
    bytes += chunk.length;
    if (from === chunk.length) continue;
    parts.push(chunk.subarray(from));
    held += chunk.length - from;
    if (held > LONGEST) throw new UnreadableFile('jsonl-too-long', { max: LONGEST / 1024 ** 2 }, String(line + 1));
  }
  if (parts.length > 0) yield { text: textOf(parts), bytes };
}

function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
}
