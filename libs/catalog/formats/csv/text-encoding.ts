import { createReadStream } from 'node:fs';
import { hasCode } from '../../system-error-code.js';
import { UnreadableFile } from '../unreadable-file.js';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * By the byte order mark, else UTF-8 when the whole file is valid UTF-8, else what Russian spreadsheets write.
 * @throws UnreadableFile for a file with NUL bytes that is no UTF-16: it is no text
 */
export async function detectEncoding(file: string, head: Buffer): Promise<TextEncoding> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const unmarked = unmarkedUtf16(head);
  if (unmarked) return unmarked;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const nul = chunk.indexOf(0);
    if (nul >= 0) throw new UnreadableFile('table-binary', { byte: read + nul });
    read += chunk.length;
    valid &&= isValid(() => decoder.decode(chunk, { stream: true }));
  }
  return valid && isValid(() => decoder.decode()) ? 'utf-8' : 'windows-1251';
}

function isValid(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch (error) {
    if (hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) return false;
    throw error;
  }
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
