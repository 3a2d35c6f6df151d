import { Refused } from '#kernel';
import type { CardValues, ChannelPorts, Facet, ObservedCard, Run } from '#channels/contract';
import { articleOf, keysOfSizes } from './wildberries.card-keys.js';
import type { WildberriesClient } from './wildberries.client.js';
import { Kept } from './wildberries.kept.js';
import { BY_SIZE, idsOfSize, listingOfSize, type Goods } from './wildberries.observe.js';
import { ReportReader } from './wildberries.reports.js';
import { statusOf } from './wildberries.status.js';
import { type StockOfSize, readStock, readWarehouses, stockWarehouses, type Warehouse } from './wildberries.stock-reading.js';

const WAREHOUSES_MS = 5 * 60_000;

/** Turns goods of the price list into offers: price, stock in the seller's working FBS warehouses, and the status inferred from all that is known. */
export class OfferReader {
  private readonly reports: ReportReader;
  private readonly warehouses: Kept<readonly Warehouse[]>;
  private readonly sentAt = new Map<string, number>();

  constructor(
    private readonly client: WildberriesClient,
    private readonly ports: Pick<ChannelPorts, 'clock' | 'onBrokenContract'>,
  ) {
    this.reports = new ReportReader(client, ports);
    this.warehouses = new Kept(ports.clock, WAREHOUSES_MS, (run) => readWarehouses(client, run));
  }

  /** Remembers that these cards have just been sent: failures reported from before are not theirs. */
  noteSent(keys: readonly string[]): void {
    for (const key of keys) this.sentAt.set(articleOf(key), this.ports.clock.now());
  }

  async read(goods: readonly Goods[], facets: ReadonlySet<Facet>, run: Run): Promise<readonly ObservedCard[]> {
    const needsStock = facets.has('stock') || facets.has('status');
    const stockOf = needsStock ? await this.readStock(goods, run) : undefined;
    const reports = facets.has('status') ? await this.reports.read(run) : undefined;
    return goods.flatMap((one) => {
      const keys = keysOfSizes(one.article, one.sizes);
      return one.sizes.map((size, at): ObservedCard => {
        const stock = stockOf?.(size.id);
        const pieces = stock === undefined ? undefined : Object.values(stock).reduce((sum, amount) => sum + amount, 0);
        const sentAt = this.sentAt.get(one.article) ?? 0;
        const values: CardValues = {
          ...(reports === undefined ? {} : { status: statusOf({ article: one.article, externalId: one.externalId, price: size.price.price, stock: pieces, sentAt }, reports) }),
          ...(facets.has('price') ? { price: size.price } : {}),
          ...(facets.has('stock') && stock !== undefined ? { stock } : {}),
        };
        return listingOfSize(one.externalId, keys[at] ?? { key: one.article, also: [] }, idsOfOffer(one, at), values);
      });
    });
  }

  /** undefined without a working FBS warehouse. */
  private async readStock(goods: readonly Goods[], run: Run): Promise<StockOfSize | undefined> {
    const warehouses = stockWarehouses(await this.warehouses.get(run)).map(({ id }) => id);
    if (warehouses.length === 0) return undefined;
    const sizes = goods.flatMap((one) => one.sizes.map((size) => size.id));
    try {
      return await readStock(this.client, warehouses, sizes, run);
    } catch (error) {
      // One of them may have been taken away since: the next read asks which there are.
      if (error instanceof Refused) this.warehouses.forget();
      throw error;
    }
  }
}

/** How the sizes of a card are priced is said where there are several. */
function idsOfOffer({ sizes, pricedBySize }: Goods, at: number): ObservedCard['ids'] {
  return { ...idsOfSize(sizes, at), ...(sizes.length > 1 ? { prices: pricedBySize ? BY_SIZE : 'by-card' } : {}) };
}
