import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import { PictureRefused } from '../catalog-error.js';
import { hasCode } from '../system-error-code.js';
import { pictureFingerprint } from './picture-fingerprint.js';
import { pictureFormat } from './picture-format.js';

export interface StoredPicture {
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** See `PictureFingerprint`. */
  readonly phash: string;
  readonly colour: Buffer;
}

export interface OpenPicture {
  readonly stream: ReadStream;
  readonly mime: string;
  readonly bytes: number;
}

const DIGEST = /^[0-9a-f]{64}$/;
const AT_ONCE = 4;

/** Pictures on disk under the digest of their bytes, each checked by its content and described by one row. Nothing is ever overwritten. */
export class MediaStore {
  constructor(
    private readonly pool: Pool,
    /** Folder of the files; made when needed. */
    private readonly folder: string,
  ) {}

  /** @throws PictureRefused */
  async put(bytes: Buffer, origin?: Readonly<Record<string, string>>): Promise<StoredPicture> {
    const [picture] = await this.putMany([bytes], origin);
    if (!picture) throw new PictureRefused('picture-damaged');
    return picture;
  }

  /** Stores several; the rows are written together after the files. @throws PictureRefused when one of them is bad: then no row is written. */
  async putMany(pictures: readonly Buffer[], origin?: Readonly<Record<string, string>>): Promise<StoredPicture[]> {
    const stored: StoredPicture[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let i = next++; i < pictures.length; i = next++) {
        const bytes = pictures[i];
        if (bytes) stored[i] = await this.describeAndWrite(bytes);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const rows = [...new Map(stored.map((p) => [p.digest, p])).values()].map(({ colour, ...rest }) => ({ ...rest, colour: colour.toString('hex') }));
    await this.pool.query(
      `INSERT INTO media (digest, mime, width, height, bytes, phash, colour, origin)
       SELECT w.digest, w.mime, w.width, w.height, w.bytes, w.phash, decode(w.colour, 'hex'), $2::jsonb
       FROM jsonb_to_recordset($1::jsonb) AS w (digest text, mime text, width integer, height integer, bytes integer, phash bigint, colour text)
       WHERE NOT EXISTS (SELECT FROM media m WHERE m.digest = w.digest)
       ON CONFLICT (digest) DO NOTHING`,
      [JSON.stringify(rows), origin ? JSON.stringify(origin) : null],
    );
    return stored;
  }

  /** The rows of those digests that are known, in no order. */
  async describe(digests: readonly string[]): Promise<StoredPicture[]> {
    const { rows } = await this.pool.query<StoredPicture>({
      name: 'catalog-describe-media',
      text: 'SELECT digest, mime, width, height, bytes, phash, colour FROM media WHERE digest = ANY ($1::text[])',
      values: [digests],
    });
    return rows;
  }

  /** The bytes of a picture to be served; undefined for a digest that is not stored. */
  async openPicture(digest: string): Promise<OpenPicture | undefined> {
    if (!DIGEST.test(digest)) return undefined;
    const [row] = await this.describe([digest]);
    if (!row) return undefined;
    const file = this.pathOf(digest);
    if (!(await sizeOf(file))) return undefined;
    return { stream: createReadStream(file), mime: row.mime, bytes: row.bytes };
  }

  private async describeAndWrite(bytes: Buffer): Promise<StoredPicture> {
    const { mime, width, height } = await pictureFormat(bytes);
    const { phash, colour } = await pictureFingerprint(bytes).catch(() => {
      throw new PictureRefused('picture-damaged');
    });
    const digest = createHash('sha256').update(bytes).digest('hex');
    await this.writeFile(this.pathOf(digest), bytes);
    return { digest, mime, width, height, bytes: bytes.length, phash, colour };
  }

  private async writeFile(file: string, bytes: Buffer): Promise<void> {
    if ((await sizeOf(file)) === bytes.length) return;
    await mkdir(dirname(file), { recursive: true });
    const draft = `${file}.${randomUUID()}.part`;
    try {
      const handle = await open(draft, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  private pathOf(digest: string): string {
    return join(this.folder, digest.slice(0, 2), digest.slice(2, 4), digest);
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
