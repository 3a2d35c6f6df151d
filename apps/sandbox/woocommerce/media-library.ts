import type { Fetched, Picture, PictureHouse } from '../pictures/picture-house.js';
import type { Store } from '../store.js';
import type { Counter } from '../counter.js';
import type { Attachment } from './model.js';
import { Problem } from './problem.js';

const EXTENSION = /\.(jpe?g|png|gif|webp)$/i;
const USUAL_PORTS = new Set(['', '80', '443', '8080']);
const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0|\[)/;

interface Rules {
  readonly privateMedia: boolean;
}

/** Files of the site. Nothing is ever known again: what is sent twice is there twice. */
export class MediaLibrary {
  private readonly files = new Map<number, Attachment>();

  constructor(
    private readonly store: Store,
    private readonly pictures: PictureHouse,
    private readonly ids: Counter,
  ) {
    for (const file of store.all<Attachment>('attachments')) this.files.set(file.id, file);
  }

  get count(): number {
    return this.files.size;
  }

  get(id: number): Attachment | undefined {
    return this.files.get(id);
  }

  /** Downloads a file into the library; throws what the shop answers when it cannot. */
  async upload(src: string, about: { name?: string; alt?: string }, rules: Rules, now: number): Promise<Attachment> {
    const url = this.allowed(src, rules);
    const own = this.pictures.cdnOf(src);
    const hosted = own === undefined ? undefined : this.pictures.linkOf(own);
    const fetched: Fetched = hosted ? { hash: hosted.hash } : await this.pictures.fetch(url.href);
    if ('error' in fetched) throw uploadProblem(`Error getting remote image ${src}. Error: ${fetched.error}.`);
    const picture = this.pictures.host(fetched.hash, src);
    return this.add(picture, { name: about.name ?? `${picture.cdn.split('/').at(-1)}.jpg`, alt: about.alt ?? '' }, now);
  }

  add(picture: Picture, { name, alt }: { name: string; alt: string }, now: number): Attachment {
    const file = { id: this.ids.next(), name, alt, picture, createdAt: now };
    this.keep(file);
    return file;
  }

  keep(file: Attachment): void {
    this.files.set(file.id, file);
    this.store.put('attachments', file.id, file);
  }

  reset(): void {
    this.files.clear();
  }

  private allowed(src: string, { privateMedia }: Rules): URL {
    let url: URL;
    try {
      url = new URL(src);
    } catch {
      throw uploadProblem(`Invalid URL ${src}.`);
    }
    if (!EXTENSION.test(url.pathname)) throw uploadProblem('Invalid image: Sorry, you are not allowed to upload this file type.');
    const refused = PRIVATE_HOST.test(url.host) || !USUAL_PORTS.has(url.port);
    if (!/^https?:$/.test(url.protocol) || (refused && !privateMedia)) throw uploadProblem(`Error getting remote image ${src}. Error: A valid URL was not provided.`);
    return url;
  }
}

/** "a" of "https://x/a.png?v=5": what a file goes on being called. */
export function fileStem(source: string): string {
  const [path = ''] = source.split(/[?#]/);
  const file = path.split('/').at(-1) ?? '';
  return (
    file
      .replace(EXTENSION, '')
      .replace(/%[0-9a-f]{2}|[^\w-]+/gi, '-')
      .replace(/^-+|-+$/g, '') || 'image'
  );
}

const uploadProblem = (message: string): Problem => new Problem(400, 'woocommerce_product_image_upload_error', message);
