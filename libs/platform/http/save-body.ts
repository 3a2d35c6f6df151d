import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export class AnswerTooLarge extends Error {
  constructor(limit: number) {
    super(`the answer is larger than ${limit} bytes`);
  }
}

/** Writes a body into a new file as it comes. Answers with the bytes written. @throws AnswerTooLarge */
export async function saveBody(body: Readable, file: string, maxBytes: number, signal: AbortSignal): Promise<number> {
  let size = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) done(new AnswerTooLarge(maxBytes));
      else done(null, chunk);
    },
  });
  await pipeline(body, counter, createWriteStream(file, { flags: 'wx' }), { signal });
  return size;
}
