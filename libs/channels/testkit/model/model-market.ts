import type { HttpPort } from '#channels/contract';
import type { AppliedWrite, HttpAnswer, HttpCall } from '../driver.js';

/** A card of the model market. `extra` is what its API takes and gives back, and no facet speaks of. */
export interface ModelCard {
  readonly article: string;
  title: string;
  pictures: string[];
  extra: Record<string, unknown>;
  offers: Record<string, { price: number; stock: number }>;
  listed: boolean;
}

export const MODEL_PAGE = 4;
export const MODEL_BATCH = 3;
const MOST_TITLE = 60;

type Body = Readonly<Record<string, unknown>>;

const ok = (body: unknown): HttpAnswer => ({ status: 200, headers: {}, body });

/**
 * The smallest market that can be sold on: one page after another, named cards, one call that overwrites cards and one that sets prices
 * and stock of their offers. In memory and without sockets: what goes over the wire is what an HTTP client would hand over.
 */
export class ModelMarket implements HttpPort {
  readonly cards = new Map<string, ModelCard>();
  readonly applied: AppliedWrite[] = [];
  private pictures = 0;

  constructor(private readonly key: string) {}

  async request(call: HttpCall): Promise<HttpAnswer> {
    call.signal.throwIfAborted();
    if (call.headers['authorization'] !== `Bearer ${this.key}`) return { status: 401, headers: {}, body: { message: 'unknown key' } };
    const url = new URL(call.url);
    const body = JSON.parse(JSON.stringify(call.body ?? {})) as Body;
    switch (`${call.method} ${url.pathname}`) {
      case 'GET /cards':
        return ok(this.page(url.searchParams.get('after') ?? ''));
      case 'POST /cards/named':
        return ok({ items: (body['articles'] as string[]).flatMap((article) => this.shown(article)) });
      case 'POST /cards':
        return this.each(body, (item) => this.overwrite(item));
      case 'POST /offers':
        return this.each(body, (item) => this.setOffers(item));
      case 'GET /me':
        return ok({ name: 'model' });
      default:
        return { status: 404, headers: {}, body: { message: 'no such method' } };
    }
  }

  private page(after: string): unknown {
    const articles = [...this.cards.keys()].sort().filter((article) => article > after);
    const items = articles.slice(0, MODEL_PAGE).flatMap((article) => this.shown(article));
    return { items, next: articles.length > MODEL_PAGE ? articles[MODEL_PAGE - 1] : null };
  }

  private shown(article: string): unknown[] {
    const card = this.cards.get(article);
    return card ? [structuredClone({ id: `id-${article}`, ...card })] : [];
  }

  private each(body: Body, write: (item: Body) => string | undefined): HttpAnswer {
    const items = body['items'] as Body[];
    if (items.length > MODEL_BATCH) return { status: 400, headers: {}, body: { message: `at most ${MODEL_BATCH} items` } };
    return ok({ results: items.map((item) => ({ article: item['article'], field: write(item) ?? null })) });
  }

  /** Answers the name of the field it refuses. */
  private overwrite(item: Body): string | undefined {
    const title = String(item['title'] ?? '');
    if (title === '' || title.length > MOST_TITLE) return 'title';
    const article = String(item['article']);
    const known = this.cards.get(article);
    const own = (url: string) => (url.startsWith('https://cdn.model.test/') ? url : `https://cdn.model.test/${++this.pictures}.jpg`);
    const next: ModelCard = {
      article,
      title,
      pictures: (item['pictures'] as string[]).map(own),
      extra: (item['extra'] as Record<string, unknown> | undefined) ?? {},
      offers: known?.offers ?? (item['offers'] as ModelCard['offers'] | undefined) ?? {},
      listed: true,
    };
    this.note(article, known, next);
    this.cards.set(article, next);
    return undefined;
  }

  private setOffers(item: Body): string | undefined {
    const card = this.cards.get(String(item['article']));
    if (!card) return 'article';
    const offers = item['offers'] as Record<string, { price?: number; stock?: number }>;
    if (Object.values(offers).some(({ price }) => price !== undefined && price <= 0)) return 'price';
    const next = structuredClone(card);
    for (const [name, change] of Object.entries(offers)) next.offers[name] = { ...(next.offers[name] ?? { price: 0, stock: 0 }), ...change };
    this.note(card.article, card, next);
    this.cards.set(card.article, next);
    return undefined;
  }

  private note(key: string, before: ModelCard | undefined, after: ModelCard): void {
    this.applied.push({ key, changed: JSON.stringify(before) !== JSON.stringify(after) });
  }
}
