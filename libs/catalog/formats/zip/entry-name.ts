import iconv from 'iconv-lite';
import { UnreadableFile } from '../unreadable-file.js';

const UTF8_FLAG = 0x800;

/**
 * The name of an archive's entry as a relative path with slashes. Archives made on Windows carry Cyrillic names in the encoding of DOS,
 * and back slashes.
 * @throws UnreadableFile for a path that leads out of the archive
 */
export function entryName(raw: Buffer, flags: number): string {
  const name = decoded(raw, flags).replaceAll('\\', '/');
  const parts = name.split('/');
  if (name.includes('\u0000') || name.startsWith('/') || /^[a-z]:/i.test(name) || parts.includes('..')) throw new UnreadableFile('set-path', { path: name.slice(0, 100) });
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}

function decoded(raw: Buffer, flags: number): string {
  if ((flags & UTF8_FLAG) !== 0) return raw.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return iconv.decode(raw, 'cp866');
  }
}
