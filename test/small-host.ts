import { RetryLater, type Clock } from '#kernel';
import type { HttpPort } from '#channels/contract';

type Doc = Record<string, unknown>;
interface Image {
  readonly id: number;
  readonly src: string;
}

/** What becomes of an upload: it may be done and its answer lost on the way, or nobody be left to hear it, or never be begun. */
export type Fate = 'done' | 'answer-lost' | 'asker-killed' | 'turned-away';

/** Stands for kill -9: whoever asked does nothing any more. */
export class Killed extends Error {}

/** As much of a WooCommerce shop as takes in products and pictures, with a watch on how it is treated. */
export class SmallHost implements HttpPort {
  /** Account time of each request. */
  readonly times: number[] = [];
  mostAtOnce = 0;
  /** How often each picture was taken in, by product and digest. */
  readonly uploads = new Map<string, number>();
  private running = 0;
  private lastId = 100;
  private taken = 0;
  private readonly images = new Map<number, readonly Image[]>();
  private readonly notes = new Map<number, unknown>();

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly fateOf: (upload: number) => Fate,
  ) {}

  /** The product as the API shows it. */
  product(id: number): Doc {
    return { id, type: 'simple', images: this.images.get(id) ?? [], meta_data: this.notes.get(id) ?? [] };
  }

  async request({ method, url, body }: Parameters<HttpPort['request']>[0]): ReturnType<HttpPort['request']> {
    this.times.push(this.clock.now());
    this.mostAtOnce = Math.max(this.mostAtOnce, (this.running += 1));
    try {
      await new Promise((resolve) => setImmediate(resolve));
      return this.answer(method, new URL(url).pathname.replace('/wp-json/wc/v3', ''), body as Doc);
    } finally {
      this.running -= 1;
    }
  }

  private answer(method: string, path: string, body: Doc): Awaited<ReturnType<HttpPort['request']>> {
    const ok = (answer: unknown) => ({ status: 200, headers: {}, body: answer });
    if (method === 'GET') return ok([]);
    if (path === '/products/categories') return ok({ id: (this.lastId += 1) });
    if (path === '/products/batch') return ok(this.batch(body));
    const id = Number(path.split('/').at(-1));
    const fresh = (body['images'] as { src?: string }[]).filter(({ src }) => src !== undefined);
    const fate = fresh.length === 0 ? 'done' : this.fateOf(this.taken);
    if (fate === 'turned-away') return { status: 503, headers: {}, body: '<html><title>Service Unavailable</title></html>' };
    this.images.set(
      id,
      (body['images'] as { id?: number; src?: string }[]).map((image) => this.take(id, image)),
    );
    if (fate === 'answer-lost') throw new RetryLater('no complete answer', true);
    if (fate === 'asker-killed') throw new Killed();
    return ok(this.product(id));
  }

  private batch(body: Doc): Doc {
    const create = body['create'] as Doc[] | undefined;
    if (create !== undefined) return { create: create.map((entry) => ({ ...entry, id: (this.lastId += 1) })) };
    const update = body['update'] as { id: number; meta_data?: unknown }[];
    for (const { id, meta_data: meta } of update) if (meta !== undefined) this.notes.set(id, meta);
    return { update: update.map(({ id }) => ({ id })) };
  }

  private take(product: number, { id, src }: { id?: number; src?: string }): Image {
    const known = this.images.get(product)?.find((image) => image.id === id);
    if (known !== undefined) return known;
    const name = src?.split('/').at(-1) ?? '';
    const upload = `${product} ${name.slice(0, 64)}`;
    this.taken += 1;
    this.uploads.set(upload, (this.uploads.get(upload) ?? 0) + 1);
    return { id: (this.lastId += 1), src: `https://shop.test/wp-content/uploads/2026/11/${name}` };
  }
}
