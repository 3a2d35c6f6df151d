import { open } from 'node:fs/promises';
import { UnreadableFile } from '../unreadable-file.js';

export type XmlEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'koi8-r' | 'windows-1252';

const HEAD_BYTES = 1024;

const DECLARED: Readonly<Record<string, XmlEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1251': 'windows-1251',
  'cp-1251': 'windows-1251',
  cp1251: 'windows-1251',
  'koi8-r': 'koi8-r',
  'windows-1252': 'windows-1252',
  'iso-8859-1': 'windows-1252',
};

/** By the byte order mark, else by the width of the first characters, else as declared; UTF-8 when nothing is said. @throws UnreadableFile */
export async function detectXmlEncoding(file: string): Promise<XmlEncoding> {
  const handle = await open(file, 'r');
  const head = Buffer.alloc(HEAD_BYTES);
  try {
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    return encodingOf(head.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** The same for the first bytes of a file. @throws UnreadableFile */
export function encodingOf(head: Buffer): XmlEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be';
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']{1,40})["']/.exec(head.toString('latin1'))?.[1];
  if (declared === undefined) return 'utf-8';
  const known = DECLARED[declared.toLowerCase()];
  // An XML declaration that can be read byte by byte is not in UTF-16, whatever it says.
  if (known === 'utf-16le' || known === 'utf-16be') return 'utf-8';
  if (known === undefined) throw new UnreadableFile('xml-encoding', { encoding: declared });
  return known;
}
