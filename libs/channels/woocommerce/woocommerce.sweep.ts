import { BrokenContract, type Doc, readDoc, readText } from '#kernel';
import type { ObservationPage, ObservedCard, Run } from '#channels/contract';
import type { WooClient } from './woocommerce.client.js';
import { OUR_META } from './woocommerce.meta.js';
import { categoryIds, isGroup, simpleCard, variationCard } from './woocommerce.observe.js';
import { PAGE, pagesById } from './woocommerce.pages.js';
import type { ShopReader } from './woocommerce.shop.js';
import { VariationReader } from './woocommerce.variations.js';
import { type PageStart, WaitingGroups } from './woocommerce.waiting-groups.js';

/** What is read of a product; the site leaves the rest out of its answer. */
const FIELDS = [
  ...['id', 'name', 'type', 'status', 'catalog_visibility', 'description', 'sku', 'global_unique_id', 'price', 'regular_price', 'sale_price'],
  ...['date_on_sale_from_gmt', 'date_on_sale_to_gmt', 'purchasable', 'manage_stock', 'stock_quantity', 'stock_status', 'weight', 'dimensions'],
  ...['categories', 'images', 'image', 'attributes', 'variations', 'parent_id', 'meta_data', 'date_modified_gmt'],
].join(',');

/** The lists a walk goes through: everything but the trash, then the trash. */
const LISTS = ['any', 'trash'] as const;
type List = (typeof LISTS)[number];

/** `date_modified` has seconds, and a change that takes long is dated from its beginning. */
const OVERLAP_MS = 2 * 60_000;

interface Position {
  readonly list: List;
  readonly number: number;
  readonly lastId: number;
  /** Only what changed after this, in the site's time; '' for everything. */
  readonly since: string;
}

/** Walks the products of a site by id, and the variations of groups as they fill a page of their own. */
export class Sweeper {
  private readonly variations: VariationReader;
  /** The latest change seen, in the site's own time: what is newer than this has not been seen. */
  private newest = '';

  constructor(
    private readonly client: WooClient,
    private readonly shop: ShopReader,
  ) {
    this.variations = new VariationReader(client, FIELDS);
  }

  /** Everything: proof of what is there. */
  all(resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
    return this.walk(resume === undefined ? START : readCursor(resume), run);
  }

  /** What changed since the latest change seen, by the site's clock. Before the first walk over everything nothing is known to be old. */
  async *changed(resume: string | undefined, run: Run): AsyncGenerator<ObservationPage> {
    if (resume !== undefined) return yield* this.walk(readCursor(resume), run);
    if (this.newest === '') return;
    const since = new Date(Date.parse(`${this.newest}Z`) - OVERLAP_MS).toISOString().slice(0, 19);
    yield* this.walk({ ...START, since }, run);
  }

  private async *walk(from: Position, run: Run): AsyncGenerator<ObservationPage> {
    const { since } = from;
    const filter = since === '' ? {} : { modified_after: since, dates_are_gmt: 'true' };
    for (const list of LISTS.slice(LISTS.indexOf(from.list))) {
      const start = list === from.list ? from : START;
      const waiting = new WaitingGroups(PAGE);
      let after: PageStart = start;
      let shown = 0;
      // Whoever goes on reads again from the oldest group whose variations were not shown; no two pages have one cursor.
      const cursor = (): string => {
        const { number, lastId } = waiting.from ?? after;
        return [list, number, lastId, since, ...(waiting.from === undefined ? [] : [(shown += 1)])].join('|');
      };
      for await (const page of pagesById(this.client, '/products', { ...filter, status: list, _fields: FIELDS, include_meta: OUR_META }, start, run)) {
        const products = page.items.map((item) => readDoc(item, 'products'));
        for (const product of products) this.see(product);
        waiting.add(products.filter(isGroup), after, page.startedAt);
        after = { number: page.number + 1, lastId: page.lastId };
        const cards = await this.simpleCards(products, run);
        if (cards.length > 0) yield { source: 'products', startedAt: page.startedAt, cards, cursor: cursor() };
        for (let full = waiting.next(false); full !== undefined; full = waiting.next(false)) yield await this.variationPage(list, full, cursor(), run);
      }
      for (let rest = waiting.next(true); rest !== undefined; rest = waiting.next(true)) yield await this.variationPage(list, rest, cursor(), run);
    }
  }

  private async simpleCards(products: readonly Doc[], run: Run): Promise<readonly ObservedCard[]> {
    const shop = await this.shop.shopFor(products.flatMap(categoryIds), run);
    return withoutDocuments(products.filter((product) => !isGroup(product) && readText(product['type']) !== 'variation').map((product) => simpleCard(product, shop)));
  }

  private async variationPage(
    list: List,
    { groups, startedAt }: { readonly groups: readonly Doc[]; readonly startedAt: number },
    cursor: string,
    run: Run,
  ): Promise<ObservationPage> {
    const shop = await this.shop.shopFor(groups.flatMap(categoryIds), run);
    const found = [...(await this.variations.named(groups, run)), ...(list === 'trash' ? await this.variations.trashed(groups, run) : [])];
    return { source: 'products', startedAt, cards: withoutDocuments(found.map(({ variation, group }) => variationCard(variation, group, shop))), cursor };
  }

  private see(product: Doc): void {
    const changed = readText(product['date_modified_gmt']);
    if (TIME.test(changed) && changed > this.newest) this.newest = changed;
  }
}

const START: Position = { list: 'any', number: 1, lastId: 0, since: '' };
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/** Throws `BrokenContract` when the text is not a cursor of ours. */
function readCursor(text: string): Position {
  const [list = '', number = '', lastId = '', since = ''] = text.split('|');
  const known = LISTS.find((one) => one === list);
  if (known === undefined || !/^\d+$/.test(number) || !/^\d+$/.test(lastId) || !(since === '' || TIME.test(since)))
    throw new BrokenContract('sweep: not a cursor of this channel', text);
  return { list: known, number: Number(number), lastId: Number(lastId), since };
}

/** Two products may have one SKU in the trash and on sale; a page shows a card once. */
function withoutDocuments(cards: readonly ObservedCard[]): readonly ObservedCard[] {
  const seen = new Map<string, ObservedCard>();
  for (const { document: _document, ...card } of cards) if (!seen.has(card.key)) seen.set(card.key, card);
  return [...seen.values()];
}
