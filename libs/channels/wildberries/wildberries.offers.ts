import type { CardValues, ChannelPorts, Facet, ObservedCard, OfferValues, Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';
import { Kept } from './wildberries.kept.js';
import type { Goods } from './wildberries.observe.js';
import { ReportReader } from './wildberries.reports.js';
import { statusOf } from './wildberries.status.js';
import { readAmounts, readWarehouses, stockWarehouse, type Warehouse } from './wildberries.stock-reading.js';

const WAREHOUSES_MS = 5 * 60_000;

/** Turns goods of the price list into offers: price, stock in the seller's warehouse, and the status inferred from all that is known. */
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
    for (const key of keys) this.sentAt.set(key, this.ports.clock.now());
  }

  async read(goods: readonly Goods[], facets: ReadonlySet<Facet>, run: Run): Promise<readonly ObservedCard[]> {
    const needsStock = facets.has('stock') || facets.has('status');
    const warehouse = needsStock ? stockWarehouse(await this.warehouses.get(run)) : undefined;
    const sizes = goods.flatMap((one) => one.sizes.map((size) => size.id));
    const amounts = warehouse === undefined ? undefined : await readAmounts(this.client, warehouse.id, sizes, run);
    const reports = facets.has('status') ? await this.reports.read(run) : undefined;
    return goods.map((one) => ({
      key: one.key,
      externalId: one.externalId,
      ids: one.ids,
      values: {
        ...(reports === undefined ? {} : { status: statusOf({ ...one, stock: totalOf(one, amounts), sentAt: this.sentAt.get(one.key) ?? 0 }, reports) }),
        ...offersOf(one, facets, warehouse?.id, amounts),
      },
    }));
  }
}

type Amounts = ReadonlyMap<string, number> | undefined;

function totalOf(goods: Goods, amounts: Amounts): number | undefined {
  return amounts === undefined ? undefined : goods.sizes.reduce((sum, size) => sum + (amounts.get(size.id) ?? 0), 0);
}

/** Price and stock hang on the card while it has one size, on each of its sizes when there are several. */
function offersOf(goods: Goods, facets: ReadonlySet<Facet>, warehouse: string | undefined, amounts: Amounts): CardValues {
  const offers = goods.sizes.map((size): readonly [string, OfferValues] => [
    size.name,
    {
      ...(facets.has('price') ? { price: size.price } : {}),
      ...(facets.has('stock') && warehouse !== undefined && amounts !== undefined ? { stock: { [warehouse]: amounts.get(size.id) ?? 0 } } : {}),
    },
  ]);
  return offers.length === 1 ? (offers[0]?.[1] ?? {}) : { offers: Object.fromEntries(offers) };
}
