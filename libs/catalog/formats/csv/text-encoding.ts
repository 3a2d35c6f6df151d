import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { UnreadableFile } from '../unreadable-file.js';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** In UTF-8: bytes of a character at most, and the least byte that begins one of several. */
const LONGEST_CHARACTER = 4;
const FIRST_LEADING = 0xc0;

/**
 * By the byte order mark, else UTF-8 when the whole file is valid UTF-8, else what Russian spreadsheets write.
 * @throws UnreadableFile for a file with NUL bytes that is no UTF-16: it is no text
 */
export async function detectEncoding(file: string, head: Buffer): Promise<TextEncoding> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const unmarked = unmarkedUtf16(head);
  if (unmarked) return unmarked;
  let valid = true;
  let read = 0;
  let begun: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const nul = chunk.indexOf(0);
    if (nul >= 0) throw new UnreadableFile('table-binary', { byte: read + nul });
    read += chunk.length;
    if (!valid) continue;
    const bytes = begun.length === 0 ? chunk : Buffer.concat([begun, chunk]);
    const end = lastCharacter(bytes);
    valid = isUtf8(bytes.subarray(0, end));
    begun = bytes.subarray(end);
  }
  return valid && isUtf8(begun) ? 'utf-8' : 'windows-1251';
}

/** Where the last character begins when it may go on in the bytes to come, else the length. */
function lastCharacter(bytes: Buffer): number {
  let start = bytes.length - 1;
  while (start > 0 && bytes.length - start < LONGEST_CHARACTER && isContinued(bytes[start])) start--;
  return (bytes[start] ?? 0) >= FIRST_LEADING ? start : bytes.length;
}

function isContinued(byte = 0): boolean {
  return (byte & 0xc0) === 0x80;
}

/** In UTF-16 text the zero bytes of separators, digits and line ends all stand on one side. */
function unmarkedUtf16(head: Buffer): TextEncoding | undefined {
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 20 && even === 0) return 'utf-16le';
  return even > head.length / 20 && odd === 0 ? 'utf-16be' : undefined;
}

/** The separator that stands most often in the first line, outside of quotes. */
export function detectDelimiter(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (counts.size > 0) break;
    } else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return DELIMITERS.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best));
}
