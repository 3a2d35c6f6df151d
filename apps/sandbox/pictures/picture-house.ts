import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Store } from '../store.js';
import { download } from './download.js';
import { drawPicture, isDrawn } from './drawn-picture.js';

const MAX_PIXELS = 60_000_000;
const AT_ONCE = 12;
const KEPT_RENDERINGS = 400;
const QUALITY = 85;

/** A hosted picture: `hash` names the original bytes, `cdn` the address it is served under, `source` where it came from. */
export interface Picture {
  cdn: string;
  hash: string;
  source: string;
  /** JPEG quality it is served with, 1..100. */
  quality: number;
  /** Served at half width and height. */
  half: boolean;
}

interface Link {
  hash: string;
  quality: number;
  half: boolean;
}

export type Fetched = { hash: string } | { error: string };

/** How a market writes the addresses of its pictures. */
export interface PictureAddresses {
  /** The path all of them begin with ("/ozon-cdn/s3/"); no other market's may begin so. */
  readonly prefix: string;
  /** The rest of the path, without ".jpg", of the n-th picture; some channels go on calling it as it was called where it came from. */
  path(number: number, source: string): string;
  readonly first: number;
}

/** Originals by content, addresses under which they are served, and the re-encoding on the way out. */
export class PictureHouse {
  private nextNumber: number;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly underway = new Set<Promise<Fetched>>();
  private readonly renderings = new Map<string, Buffer>();

  /** `baseUrl` tells where this process answers. */
  constructor(
    private readonly store: Store,
    readonly addresses: PictureAddresses,
    private readonly baseUrl: () => string,
  ) {
    this.nextNumber = store.get<number>('meta', 'nextPicture') ?? addresses.first;
  }

  url(picture: Picture): string {
    return `${this.baseUrl()}${this.addresses.prefix}${picture.cdn}.jpg`;
  }

  /** The hosted address part of a URL of ours; undefined for any other URL. */
  cdnOf(url: string): string | undefined {
    const own = this.baseUrl() + this.addresses.prefix;
    if (!url.startsWith(own)) return undefined;
    const cdn = url.slice(own.length).replace(/\.jpg$/, '');
    return this.store.get<Link>('links', cdn) ? cdn : undefined;
  }

  linkOf(cdn: string): Link | undefined {
    return this.store.get<Link>('links', cdn);
  }

  /** Gives bytes a fresh address. */
  host(hash: string, source: string, quality = QUALITY, half = false): Picture {
    const number = this.nextNumber++;
    this.store.put('meta', 'nextPicture', this.nextNumber);
    const cdn = this.addresses.path(number, source);
    this.store.put('links', cdn, { hash, quality, half } satisfies Link);
    return { cdn, hash, source, quality, half };
  }

  /** Puts other bytes behind an address that stays as it is. */
  repaint(picture: Picture, hash: string): Picture {
    this.store.put('links', picture.cdn, { hash, quality: picture.quality, half: picture.half } satisfies Link);
    return { ...picture, hash };
  }

  /** Downloads a picture and keeps its bytes; never throws. */
  async fetch(url: string): Promise<Fetched> {
    const fetching = this.fetchInTurn(url);
    this.underway.add(fetching);
    try {
      return await fetching;
    } finally {
      this.underway.delete(fetching);
    }
  }

  /** Ends when every download begun so far has. */
  arrived(): Promise<unknown> {
    return Promise.all(this.underway);
  }

  private async fetchInTurn(url: string): Promise<Fetched> {
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

  /** Keeps uploaded bytes. */
  keep(bytes: Buffer): Fetched {
    const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
    const png = bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
    if (!jpeg && !png) return { error: 'not a JPG or PNG picture' };
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    if (!this.store.get('pictures', hash)) this.store.put('pictures', hash, bytes);
    return { hash };
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
    this.nextNumber = this.addresses.first;
  }

  private async original(hash: string): Promise<Buffer | undefined> {
    return isDrawn(hash) ? drawPicture(hash) : this.store.get<Buffer>('pictures', hash);
  }

  private async enter(): Promise<void> {
    while (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running++;
  }
}
