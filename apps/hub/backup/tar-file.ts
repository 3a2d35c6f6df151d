import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

const BLOCK = 512;

/** The file is no backup that can be read whole; `code` names its text for people. */
export class BackupUnreadable extends Error {
  override readonly name = 'BackupUnreadable';
  constructor(
    message: string,
    readonly code: 'backup-damaged' | 'no-backup' = 'backup-damaged',
  ) {
    super(message);
  }
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new Error(`The name ${name} is too long for the backup`);
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  // Sizes of 8 GB and more go in base 256.
  if (size < 0o77777777777) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else (block.writeBigUInt64BE(BigInt(size) | (1n << 63n), 128), block.writeUInt32BE(0x80000000, 124));
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** One file of the archive: its bytes, or the file on disk that holds them. */
export type TarPart = { readonly name: string } & ({ readonly bytes: Buffer } | { readonly file: string });

/** A tar archive of the parts, in order, as it is consumed. */
export async function* writeTar(parts: AsyncIterable<TarPart> | Iterable<TarPart>): AsyncGenerator<Buffer> {
  for await (const part of parts) {
    let size = 0;
    if ('bytes' in part) {
      size = part.bytes.length;
      yield header(part.name, size);
      yield part.bytes;
    } else {
      size = (await stat(part.file)).size;
      yield header(part.name, size);
      for await (const chunk of createReadStream(part.file, { start: 0, end: Math.max(0, size - 1) })) yield chunk as Buffer;
    }
    if (size % BLOCK !== 0) yield Buffer.alloc(BLOCK - (size % BLOCK));
  }
  yield Buffer.alloc(2 * BLOCK);
}

function readHeader(block: Buffer): { name: string; size: number } | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (parseInt(block.toString('latin1', 148, 156).replace(/[\0 ].*$/, ''), 8) !== sum) throw new BackupUnreadable('The backup is damaged.');
  const name = block.toString('utf8', 0, 100).replace(/\0.*$/s, '');
  const size = (block[124] ?? 0) >= 0x80 ? Number(block.readBigUInt64BE(128) & ~(1n << 63n)) : parseInt(block.toString('latin1', 124, 135), 8);
  if (!Number.isSafeInteger(size) || size < 0) throw new BackupUnreadable('The backup is damaged.');
  return { name, size };
}

/** Reads an archive part by part; `onPart` must take all bytes it is given. @throws BackupUnreadable */
export async function readTar(source: Readable, onPart: (name: string, size: number, bytes: AsyncIterable<Buffer>) => Promise<void>): Promise<void> {
  const input = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const take = async (most: number): Promise<Buffer> => {
    if (held.length === 0) {
      const next: IteratorResult<unknown> = await input.next();
      if (next.done === true) throw new BackupUnreadable('The backup ends too early.');
      held = Buffer.isBuffer(next.value) ? next.value : Buffer.from(String(next.value));
    }
    const piece = held.subarray(0, most);
    held = held.subarray(piece.length);
    return piece;
  };
  const exactly = async (size: number): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    for (let left = size; left > 0;) {
      const piece = await take(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  };
  for (;;) {
    const part = readHeader(await exactly(BLOCK));
    if (part === undefined) return;
    let left = part.size;
    await onPart(
      part.name,
      part.size,
      (async function* () {
        while (left > 0) {
          const piece = await take(left);
          left -= piece.length;
          yield piece;
        }
      })(),
    );
    if (left > 0) throw new Error(`The part ${part.name} was not read whole`);
    if (part.size % BLOCK !== 0) await exactly(BLOCK - (part.size % BLOCK));
  }
}
