import { type Doc, readDoc } from '#kernel';
import type { ObservedCard, Run } from '#channels/contract';
import { articleOf } from './wildberries.card-keys.js';
import type { WildberriesClient } from './wildberries.client.js';
import { contentCards, trashedCards } from './wildberries.observe.js';
import { BEGINNING, readCards, type Walk } from './wildberries.sweep.js';

/** Cards by article, and the listings among their sizes that were asked for. `startedAt` is when the first request left. */
export class CardSearch {
  readonly found = new Map<string, ObservedCard>();
  /** Cards met on the way, in Wildberries' own words. */
  readonly cards = new Map<string, { readonly walk: Walk; readonly item: Doc }>();
  startedAt: number | undefined;

  constructor(
    private readonly client: WildberriesClient,
    private readonly run: Run,
  ) {}

  /** Looks in one list for what no list has shown yet: walks as many pages as single searches would take requests, and searches for whatever is missing then. */
  async find(walk: Walk, keys: readonly string[]): Promise<void> {
    const missing = new Set(keys.filter((key) => !this.found.has(key)).filter((key) => !this.cards.has(articleOf(key))));
    const articles = () => [...new Set([...missing].map(articleOf))];
    const number = articles().length;
    if (number > 1 && (await this.walk(walk, missing, number))) return;
    for (const article of articles()) await this.search(walk, article, missing);
  }

  /** Answers whether the walk came to its end, so that what is still missing is not there. */
  private async walk(walk: Walk, missing: Set<string>, pages: number): Promise<boolean> {
    let position = BEGINNING;
    for (let page = 0; page < pages && missing.size > 0; page += 1) {
      const { items, next } = await this.page(walk, position, '');
      this.take(walk, items, missing);
      if (items.length === 0) return true;
      position = next;
    }
    return missing.size === 0;
  }

  private async search(walk: Walk, article: string, missing: Set<string>): Promise<void> {
    for (let position = BEGINNING; [...missing].some((key) => articleOf(key) === article);) {
      const { items, next } = await this.page(walk, position, article);
      if (items.length === 0) return;
      this.take(walk, items, missing);
      position = next;
    }
  }

  private async page(walk: Walk, from: typeof BEGINNING, text: string) {
    const page = await readCards(this.client, walk, from, text, this.run);
    this.startedAt ??= page.startedAt;
    return page;
  }

  /** A card that is there answers for all its sizes: one it does not have is missing no longer, and not found. */
  private take(walk: Walk, items: readonly unknown[], missing: Set<string>): void {
    const articles = new Set([...missing].map(articleOf));
    for (const item of items) {
      const doc = readDoc(item, walk);
      const listings = walk === 'list' ? contentCards(doc) : trashedCards(doc);
      for (const { also = [], ...card } of listings) {
        for (const key of [card.key, ...also]) {
          if (missing.delete(key)) this.found.set(key, walk === 'list' ? { ...card, key, document: item } : { ...card, key });
        }
      }
      const article = typeof doc['vendorCode'] === 'string' ? doc['vendorCode'] : '';
      if (!articles.has(article)) continue;
      this.cards.set(article, { walk, item: doc });
      for (const key of [...missing]) if (articleOf(key) === article) missing.delete(key);
    }
  }
}
