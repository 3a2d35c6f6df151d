import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { PackContent, PackedPicture, PackIncident, PackPictures } from './pack-content.js';

/** More bytes of pictures than this are not packed; the rest is named by address only. */
const MOST_BYTES = 200 * 1024 * 1024;
const THUMBNAIL = 260;

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['ffd8ff', 'jpg'],
  ['89504e47', 'png'],
  ['52494646', 'webp'],
  ['47494638', 'gif'],
];

/** The picture lists of the three columns of a comparison. */
export interface MediaColumns {
  readonly wanted: readonly string[];
  readonly live: readonly string[];
  readonly after: readonly string[];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function mediaColumns(incident: PackIncident): MediaColumns | undefined {
  if (incident.facet !== 'media') return undefined;
  return { wanted: texts(incident.wanted), live: texts(incident.live), after: texts(incident.after) };
}

/** Enough of a digest or address to tell pictures apart under a small image. */
export function pictureCaption(name: string): string {
  if (/^[0-9a-f]{64}$/.test(name)) return name.slice(0, 12);
  return name.length > 40 ? `…${name.slice(-38)}` : name;
}

/** The pictures of a pack: each distinct one once, found by the digest or address by which a card names it. */
export class PackAlbum {
  readonly #files = new Map<string, PackedPicture>();
  readonly #byName = new Map<string, PackedPicture>();
  readonly #thumbnails = new Map<string, string>();
  #bytes = 0;

  static async load(content: PackContent, pictures: PackPictures): Promise<PackAlbum> {
    const album = new PackAlbum();
    for (const incident of content.incidents) {
      const columns = mediaColumns(incident);
      if (columns === undefined) continue;
      for (const digest of columns.wanted) await album.#add(digest, () => pictures.master(digest));
      for (const url of [...columns.live, ...columns.after]) await album.#add(url, () => pictures.channel(content.account.id, url));
    }
    return album;
  }

  get files(): readonly PackedPicture[] {
    return [...this.#files.values()];
  }

  /** Undefined for a picture that was never stored. */
  find(name: string): PackedPicture | undefined {
    return this.#byName.get(name);
  }

  /** A small JPEG as a data address; undefined where there is no picture or its bytes are no picture. */
  thumbnail(name: string): string | undefined {
    const file = this.#byName.get(name)?.file;
    return file === undefined ? undefined : this.#thumbnails.get(file);
  }

  async #add(name: string, read: () => Promise<Buffer | undefined>): Promise<void> {
    if (this.#byName.has(name) || this.#bytes > MOST_BYTES) return;
    const bytes = await read();
    if (bytes === undefined || bytes.length === 0) return;
    const digest = createHash('sha256').update(bytes).digest('hex');
    const known = this.#files.get(digest);
    const picture = known ?? { file: `pictures/${digest.slice(0, 24)}.${extensionOf(bytes)}`, bytes };
    if (known === undefined) {
      this.#bytes += bytes.length;
      const small = await thumbnailOf(bytes);
      if (small !== undefined) this.#thumbnails.set(picture.file, small);
    }
    this.#files.set(digest, picture);
    this.#byName.set(name, picture);
  }
}

function extensionOf(bytes: Buffer): string {
  const start = bytes.subarray(0, 4).toString('hex');
  return SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ?? 'bin';
}

/** What a channel answered may be no picture at all; it is packed as it is and shown as missing. */
async function thumbnailOf(bytes: Buffer): Promise<string | undefined> {
  const small = await sharp(bytes, { limitInputPixels: 100_000_000, failOn: 'none' })
    .resize(THUMBNAIL, THUMBNAIL, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 78 })
    .toBuffer()
    .catch(() => undefined);
  return small === undefined ? undefined : `data:image/jpeg;base64,${small.toString('base64')}`;
}
