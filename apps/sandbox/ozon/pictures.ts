import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { seeded } from '../random.js';
import type { Store } from '../store.js';
import type { Picture } from './model.js';

const MAX_BYTES = 10 * 1024 * 1024;
const FETCH_MS = 10_000;
const MAX_PIXELS = 60_000_000;
const AT_ONCE = 12;
const KEPT_RENDERINGS = 400;
const QUALITY = 85;
export const CDN_PREFIX = '/ozon-cdn/s3/';

interface Link {
  hash: string;
  quality: number;
  half: boolean;
}

export type Fetched = { hash: string } | { error: string };

/** Originals by content, addresses under which they are served, and the re-encoding on the way out. */
export class PictureHouse {
  private nextNumber: number;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly renderings = new Map<string, Buffer>();
  private baseUrl = '';

  constructor(private readonly store: Store) {
    this.nextNumber = store.get<number>('meta', 'nextPicture') ?? 7_000_000_001;
  }

  /** Where this process answers, known once it listens. */
  servedAt(baseUrl: string): void {
    this.baseUrl = baseUrl;
  }

  url(picture: Picture): string {
    return `${this.baseUrl}${CDN_PREFIX}${picture.cdn}.jpg`;
  }

  /** The hosted address part of a URL of ours; undefined for any other URL. */
  cdnOf(url: string): string | undefined {
    const at = url.indexOf(CDN_PREFIX);
    if (at < 0 || !url.startsWith(this.baseUrl)) return undefined;
    const cdn = url.slice(at + CDN_PREFIX.length).replace(/\.jpg$/, '');
    return this.store.get<Link>('links', cdn) ? cdn : undefined;
  }

  linkOf(cdn: string): Link | undefined {
    return this.store.get<Link>('links', cdn);
  }

  /** Gives bytes a fresh address. */
  host(hash: string, source: string, quality = QUALITY, half = false): Picture {
    const number = this.nextNumber++;
    this.store.put('meta', 'nextPicture', this.nextNumber);
    const cdn = `multimedia-1-${(number % 36).toString(36)}/${number}`;
    this.store.put('links', cdn, { hash, quality, half } satisfies Link);
    return { cdn, hash, source, quality, half };
  }

  /** Downloads a picture and keeps its bytes; never throws. */
  async fetch(url: string): Promise<Fetched> {
    await this.enter();
    try {
      return this.keep(await download(url));
    } catch (error) {
      return { error: error instanceof Error ? error.message : 'download failed' };
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  /** JPEG bytes served under an address; undefined when there is no such address. */
  async render(cdn: string): Promise<Buffer | undefined> {
    const link = this.store.get<Link>('links', cdn);
    if (!link) return undefined;
    const key = `${link.hash}/${link.quality}/${link.half}`;
    const known = this.renderings.get(key);
    if (known) return known;
    const original = await this.original(link.hash);
    if (!original) return undefined;
    let image = sharp(original, { limitInputPixels: MAX_PIXELS }).rotate().flatten({ background: '#ffffff' });
    if (link.half) {
      const { width = 2 } = await sharp(original).metadata();
      image = image.resize({ width: Math.max(1, Math.round(width / 2)) });
    }
    const bytes = await image.jpeg({ quality: link.quality }).toBuffer();
    if (this.renderings.size >= KEPT_RENDERINGS) {
      const oldest = this.renderings.keys().next().value;
      if (oldest !== undefined) this.renderings.delete(oldest);
    }
    this.renderings.set(key, bytes);
    return bytes;
  }

  reset(): void {
    this.renderings.clear();
    this.nextNumber = 7_000_000_001;
  }

  private keep(bytes: Buffer): Fetched {
    const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
    const png = bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
    if (!jpeg && !png) return { error: 'not a JPG or PNG picture' };
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    if (!this.store.get('pictures', hash)) this.store.put('pictures', hash, bytes);
    return { hash };
  }

  private async original(hash: string): Promise<Buffer | undefined> {
    if (hash.startsWith('drawn-')) return drawPicture(hash);
    return this.store.get<Buffer>('pictures', hash);
  }

  private async enter(): Promise<void> {
    while (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running++;
  }
}

/** A picture that belongs to no seller: its name is its content. */
export function drawnPicture(...words: (string | number)[]): string {
  return `drawn-${createHash('sha1').update(words.join('/')).digest('hex').slice(0, 20)}`;
}

async function drawPicture(hash: string): Promise<Buffer> {
  const random = seeded(hash);
  const colour = (): string => `hsl(${random.int(0, 359)} ${random.int(30, 90)}% ${random.int(25, 80)}%)`;
  const shapes = Array.from({ length: random.int(5, 9) }, () =>
    random.next() < 0.5
      ? `<circle cx="${random.int(0, 480)}" cy="${random.int(0, 480)}" r="${random.int(30, 160)}" fill="${colour()}"/>`
      : `<rect x="${random.int(0, 380)}" y="${random.int(0, 380)}" width="${random.int(40, 300)}" height="${random.int(40, 300)}" fill="${colour()}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480"><rect width="480" height="480" fill="${colour()}"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toBuffer();
}

async function download(url: string): Promise<Buffer> {
  const target = new URL(url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') throw new Error('only http and https addresses');
  const response = await fetch(target, { signal: AbortSignal.timeout(FETCH_MS), redirect: 'follow' });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`pics_http_error ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > MAX_BYTES) throw new Error('picture is larger than 10 MB');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
