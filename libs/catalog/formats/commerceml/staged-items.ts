import type { Database } from 'lmdb';
import { ScratchTables } from '../scratch-tables.js';
import type { CatalogItem } from './catalog-item.js';
import { productPart } from './onec-values.js';
import type { OfferItem } from './offer-item.js';

/** All that a set says of one product and its variants. */
export interface ItemFamily {
  readonly product?: CatalogItem;
  /** Catalog items of single variants: "product#variant" in the goods themselves. */
  readonly variantItems: readonly CatalogItem[];
  readonly offers: readonly OfferItem[];
  /** Another product of the set has the same article. */
  readonly articleShared: boolean;
}

const PER_TRANSACTION = 2000;

/**
 * Brings together what a set says of one product in several files and in any order, on disk: memory does not grow with the goods.
 * Sorted by id, so that the same files always give the same order.
 */
export class StagedItems {
  private readonly items: Database<CatalogItem, string>;
  private readonly offers: Database<OfferItem, string>;
  private readonly articles: Database<string, string>;
  private unwritten: (() => void)[] = [];

  private constructor(private readonly scratch: ScratchTables) {
    this.items = scratch.table('items');
    this.offers = scratch.table('offers');
    this.articles = scratch.table('articles');
  }

  static async open(): Promise<StagedItems> {
    return new StagedItems(await ScratchTables.open());
  }

  close(): Promise<void> {
    return this.scratch.close();
  }

  /** A later item of the same id says more, or newer. */
  putItem(item: CatalogItem): void {
    this.later(() => {
      const before = this.items.get(key(item.id));
      this.items.putSync(key(item.id), before === undefined ? item : { ...before, ...item, attributes: { ...before.attributes, ...item.attributes } });
      if (item.article !== undefined) this.claim(item.article, productPart(item.id));
    });
  }

  /** Prices and stock come in files of their own and add up. */
  putOffer(offer: OfferItem): void {
    this.later(() => {
      const before = this.offers.get(key(offer.id));
      this.offers.putSync(key(offer.id), before === undefined ? offer : joined(before, offer));
      if (offer.article !== undefined) this.claim(offer.article, productPart(offer.id));
    });
  }

  /** Family by family, in the order of the products' ids. */
  *families(): Generator<ItemFamily> {
    this.flush();
    const items = grouped(this.items.getRange());
    const offers = grouped(this.offers.getRange());
    let [item, offer] = [items.next(), offers.next()];
    while (!item.done || !offer.done) {
      const id = item.done ? offer.value?.id : offer.done ? item.value.id : item.value.id <= offer.value.id ? item.value.id : offer.value.id;
      const own = !item.done && item.value.id === id ? item.value.values : [];
      const sold = !offer.done && offer.value.id === id ? offer.value.values : [];
      const product = own.find((one) => one.id === id);
      const article = product?.article ?? own[0]?.article ?? sold[0]?.article;
      yield {
        ...(product && { product }),
        variantItems: own.filter((one) => one !== product),
        offers: sold,
        articleShared: article !== undefined && this.articles.get(articleKey(article)) === SHARED,
      };
      if (own.length > 0) item = items.next();
      if (sold.length > 0) offer = offers.next();
    }
  }

  private claim(article: string, product: string): void {
    const owner = this.articles.get(articleKey(article));
    if (owner === undefined) this.articles.putSync(articleKey(article), product);
    else if (owner !== product && owner !== SHARED) this.articles.putSync(articleKey(article), SHARED);
  }

  private later(write: () => void): void {
    this.unwritten.push(write);
    if (this.unwritten.length >= PER_TRANSACTION) this.flush();
  }

  private flush(): void {
    const writes = this.unwritten;
    this.unwritten = [];
    this.scratch.root.transactionSync(() => {
      for (const write of writes) write();
    });
  }
}

const SHARED = '#';

/** A variant sorts right behind its product, whatever other ids look like. */
function key(id: string): string {
  return id.replace('#', '\t');
}

/** LMDB takes keys of limited length only. */
function articleKey(article: string): string {
  return article.slice(0, 200);
}

function joined(before: OfferItem, offer: OfferItem): OfferItem {
  const stock = before.stock || offer.stock ? { ...before.stock, ...offer.stock } : undefined;
  return {
    ...before,
    ...offer,
    ...(stock && { stock }),
    barcodes: offer.barcodes.length > 0 ? offer.barcodes : before.barcodes,
    characteristics: offer.characteristics.length > 0 ? offer.characteristics : before.characteristics,
    pictures: offer.pictures.length > 0 ? offer.pictures : before.pictures,
    warnings: [...before.warnings, ...offer.warnings],
  };
}

function* grouped<T extends { readonly id: string }>(entries: Iterable<{ readonly value: T }>): Generator<{ readonly id: string; readonly values: readonly T[] }> {
  let id: string | undefined;
  let values: T[] = [];
  for (const entry of entries) {
    const product = productPart(entry.value.id);
    if (product !== id && id !== undefined) {
      yield { id, values };
      values = [];
    }
    id = product;
    values.push(entry.value);
  }
  if (id !== undefined) yield { id, values };
}
