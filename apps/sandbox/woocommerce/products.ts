import type { ChannelClock } from '../clock.js';
import type { Schedule } from '../schedule.js';
import type { Store } from '../store.js';
import { isProduct, keyOf, type Item, type Product, type Variation, type Ware } from './model.js';

interface Frame {
  readonly clock: ChannelClock;
  readonly store: Store;
  readonly schedule: Schedule;
}

export interface Owned {
  readonly product: Product;
  /** Absent where the product itself is meant. */
  readonly variation?: Variation;
}

/** Goods by number, article and GTIN, variations inside their products. */
export class ProductBook {
  private readonly byId = new Map<number, Product>();
  private readonly parentOf = new Map<number, number>();
  private readonly skus = new Map<string, number>();
  private readonly gtins = new Map<string, number>();
  private readonly slugs = new Map<string, number>();
  private readonly named = new Map<string, number>();
  /** What was indexed of a product, so that it can be taken out again. */
  private readonly indexed = new Map<number, { ids: number[]; skus: string[]; gtins: string[]; slug: string }>();
  private readonly frozen = new Map<number, { until: number; was: Product | undefined }>();
  private readonly listeners: ((ware: Ware) => void)[] = [];

  constructor(private readonly frame: Frame) {
    for (const product of frame.store.all<Product>('cards')) this.index(product);
  }

  get(id: number): Product | undefined {
    const product = this.byId.get(id);
    return product?.removed ? undefined : product;
  }

  /** A product or a variation by its own number. */
  item(id: number): Owned | undefined {
    const product = this.get(this.parentOf.get(id) ?? id);
    if (!product) return undefined;
    if (product.id === id) return { product };
    const variation = product.variations.find((one) => one.id === id);
    return variation && { product, variation };
  }

  bySku(sku: string): Owned | undefined {
    return this.item(this.skus.get(sku) ?? 0);
  }

  byGtin(gtin: string): Owned | undefined {
    return this.item(this.gtins.get(gtin) ?? 0);
  }

  /** By the name the control surface uses; also goods that were taken out of the shop. */
  evenRemoved(key: string): Owned | undefined {
    const product = this.byId.get(this.named.get(key) ?? 0);
    if (product) return { product };
    return this.bySku(key) ?? (key.startsWith('id:') ? this.item(Number(key.slice(3))) : undefined);
  }

  /** The goods that a ware belongs to: a product to itself. */
  productOf(ware: Ware): Product {
    const product = isProduct(ware) ? ware : this.byId.get(this.parentOf.get(ware.id) ?? 0);
    if (!product) throw new Error(`variation ${ware.id} belongs to no product`);
    return product;
  }

  /** What can be bought: goods without variations, and every variation. */
  *wares(): Iterable<Ware> {
    for (const product of this.all()) {
      if (product.type === 'variable') yield* product.variations;
      else yield product;
    }
  }

  slugTaken(slug: string, by: number): boolean {
    const owner = this.slugs.get(slug);
    return owner !== undefined && owner !== by;
  }

  /** By ascending number, the trash included. */
  *all(): Iterable<Product> {
    for (const product of this.byId.values()) if (!product.removed) yield product;
  }

  /** All as readers see them: a slow cache goes on showing what was. */
  *shown(): Iterable<Product> {
    for (const product of this.all()) {
      const seen = this.see(product);
      if (seen) yield seen;
    }
  }

  see(product: Product): Product | undefined {
    const frozen = this.frozen.get(product.id);
    if (!frozen) return product;
    if (frozen.until > this.frame.clock.now()) return frozen.was;
    this.frozen.delete(product.id);
    return product;
  }

  /** To be called before a change: until the moment readers see the product as it is now, or not at all while it is new. */
  freeze(product: Product, until: number): void {
    const was = this.byId.has(product.id) ? structuredClone(this.see(product)) : undefined;
    this.frozen.set(product.id, { until, was });
  }

  save(product: Product): void {
    this.unindex(product.id);
    this.index(product);
    this.frame.store.put('cards', product.id, product);
    this.tell(product);
  }

  erase(product: Product): void {
    product.removed = true;
    this.tell(product);
    this.unindex(product.id);
    this.byId.delete(product.id);
    this.frame.store.remove('cards', product.id);
  }

  onChange(listener: (ware: Ware) => void): void {
    this.listeners.push(listener);
  }

  reset(): void {
    for (const map of [this.byId, this.parentOf, this.skus, this.gtins, this.slugs, this.named, this.indexed, this.frozen]) map.clear();
  }

  private tell(product: Product): void {
    for (const ware of [product, ...product.variations]) for (const listener of this.listeners) listener(ware);
  }

  private index(product: Product): void {
    this.byId.set(product.id, product);
    const key = keyOf(product);
    if (!product.removed || !this.named.has(key)) this.named.set(key, product.id);
    if (product.removed) return;
    const items: Item[] = [product, ...product.variations];
    for (const { id, sku, gtin } of items) {
      this.parentOf.set(id, product.id);
      if (sku) this.skus.set(sku, id);
      if (gtin) this.gtins.set(gtin, id);
    }
    this.slugs.set(product.slug, product.id);
    this.indexed.set(product.id, { ids: items.map((one) => one.id), skus: items.map((one) => one.sku), gtins: items.map((one) => one.gtin), slug: product.slug });
  }

  private unindex(id: number): void {
    const known = this.indexed.get(id);
    if (!known) return;
    const mine = new Set(known.ids);
    const drop = (map: Map<string, number>, keys: readonly string[]): void => {
      for (const key of keys) if (mine.has(map.get(key) ?? 0)) map.delete(key);
    };
    drop(this.skus, known.skus);
    drop(this.gtins, known.gtins);
    drop(this.slugs, [known.slug]);
    for (const one of known.ids) this.parentOf.delete(one);
    this.indexed.delete(id);
  }
}
