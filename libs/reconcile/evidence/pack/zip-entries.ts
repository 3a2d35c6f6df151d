import { inflateRawSync } from 'node:zlib';
import { crc32Of } from './crc32.js';

/** The bytes are no ZIP file that can be read whole. */
export class ZipUnreadable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ZipUnreadable';
  }
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const MOST_ENTRIES = 20_000;
const MOST_BYTES = 1024 * 1024 * 1024;

function endOf(zip: Buffer): number {
  for (let at = zip.length - END_SIZE; at >= Math.max(0, zip.length - END_SIZE - 0xffff); at -= 1) {
    if (zip.readUInt32LE(at) === END && at + END_SIZE + zip.readUInt16LE(at + 20) === zip.length) return at;
  }
  throw new ZipUnreadable('The file is not a whole ZIP archive.');
}

function contentOf(zip: Buffer, header: number): { name: string; bytes: Buffer; next: number } {
  if (zip.readUInt32LE(header) !== CENTRAL) throw new ZipUnreadable('The list of files in the archive is broken.');
  const [flags, method, crc] = [zip.readUInt16LE(header + 8), zip.readUInt16LE(header + 10), zip.readUInt32LE(header + 16)];
  const [packed, size] = [zip.readUInt32LE(header + 20), zip.readUInt32LE(header + 24)];
  const [nameSize, extraSize, commentSize] = [zip.readUInt16LE(header + 28), zip.readUInt16LE(header + 30), zip.readUInt16LE(header + 32)];
  const local = zip.readUInt32LE(header + 42);
  const name = zip.toString('utf8', header + 46, header + 46 + nameSize);
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8) || size > MOST_BYTES) throw new ZipUnreadable(`The file ${name} in the archive is packed in an unknown way.`);
  if (zip.readUInt32LE(local) !== LOCAL) throw new ZipUnreadable(`The file ${name} in the archive is broken.`);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const raw = zip.subarray(start, start + packed);
  const bytes = method === 0 ? raw : inflateRawSync(raw, { maxOutputLength: Math.max(size, 1) });
  if (raw.length !== packed || bytes.length !== size || crc32Of(bytes) !== crc) throw new ZipUnreadable(`The file ${name} in the archive is broken.`);
  return { name, bytes, next: header + 46 + nameSize + extraSize + commentSize };
}

/** The files of a ZIP archive by name, unpacked and checked. @throws ZipUnreadable */
export function zipEntries(zip: Buffer): ReadonlyMap<string, Buffer> {
  try {
    if (zip.length < END_SIZE) throw new ZipUnreadable('The file is not a ZIP archive.');
    const end = endOf(zip);
    const count = zip.readUInt16LE(end + 10);
    if (count > MOST_ENTRIES) throw new ZipUnreadable('The archive has too many files.');
    const files = new Map<string, Buffer>();
    let header = zip.readUInt32LE(end + 16);
    let total = 0;
    for (let read = 0; read < count; read += 1) {
      const { name, bytes, next } = contentOf(zip, header);
      total += bytes.length;
      if (files.has(name) || total > MOST_BYTES) throw new ZipUnreadable(`The archive holds ${name} twice, or is too large.`);
      files.set(name, bytes);
      header = next;
    }
    return files;
  } catch (error) {
    if (error instanceof ZipUnreadable) throw error;
    throw new ZipUnreadable('The archive is broken.', error);
  }
}
