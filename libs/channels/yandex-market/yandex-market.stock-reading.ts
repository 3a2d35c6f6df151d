import { type Doc, Unsupported, readDoc, readDocOrEmpty, readId, readKey, readList, readNumber, readPresentList, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { CabinetReader } from './yandex-market.cabinet.js';
import type { YandexClient } from './yandex-market.client.js';
import { Kept } from './yandex-market.kept.js';
import { readAll, readNamed } from './yandex-market.paging.js';

/** A warehouse of the seller's own that belongs to the store. */
export interface Warehouse {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Warehouses that share one stock are served by the second version of the stock methods, all others by the third. */
  readonly version: 2 | 3;
}

export interface Stocks {
  readonly startedAt: number;
  /** Pieces that can be bought, by article. */
  readonly amounts: ReadonlyMap<string, number>;
}

const PAGE = 30;
const KEPT_MS = 15 * 60_000;
/** Articles of one question: the second version takes 500, of the third only the size of its pages is known. */
const ARTICLES = { 2: 500, 3: 200 } as const;

/** The warehouse that stock goes to: the first working one in Market's own order. */
export function stockWarehouse(warehouses: readonly Warehouse[]): Warehouse | undefined {
  return warehouses.find((warehouse) => warehouse.active);
}

/** The store's warehouses and what lies in them. */
export class StockReader {
  private readonly kept: Kept<readonly Warehouse[]>;

  constructor(
    private readonly client: YandexClient,
    private readonly cabinet: CabinetReader,
  ) {
    this.kept = new Kept(client.ports.clock, KEPT_MS, (run) => this.readWarehouses(run));
  }

  warehouses(run: Run): Promise<readonly Warehouse[]> {
    return this.kept.get(run);
  }

  /** Free pieces of these articles in the store's warehouse. An article without a row has none there. */
  async read(keys: readonly string[], warehouse: Warehouse, run: Run): Promise<Stocks> {
    const { businessId, campaignId } = await this.cabinet.get(run);
    const amounts = new Map(keys.map((key) => [key, 0]));
    const { items, startedAt } =
      warehouse.version === 3
        ? await readNamed(this.client, 'partnerStocks', { list: 'offers', ids: { businessId }, most: ARTICLES[3], more: { partnerWarehouseId: Number(warehouse.id) } }, keys, run)
        : await readNamed(this.client, 'stocks', { list: 'warehouses', ids: { campaignId }, most: ARTICLES[2] }, keys, run);
    const rows = warehouse.version === 3 ? items : items.flatMap((value) => rowsOf(value, warehouse.id));
    for (const value of rows) {
      const row = readDoc(value, 'stocks.offers');
      const key = readKey(row['offerId'], 'stocks.offerId');
      if (amounts.has(key)) amounts.set(key, available(row));
    }
    return { startedAt, amounts };
  }

  private async readWarehouses(run: Run): Promise<readonly Warehouse[]> {
    const { businessId, campaignId } = await this.cabinet.get(run);
    const call = { ids: { businessId }, query: { limit: PAGE } };
    const all = (await readAll(this.client, 'warehouses', 'warehouses', { ...call, body: { components: ['STATUS'] } }, run)).map((value) => readDoc(value, 'warehouses'));
    const own = all.filter((doc) => readId(doc['campaignId'], 'warehouses.campaignId') === campaignId);
    const grouped = all.some((doc) => doc['groupInfo'] !== undefined && doc['groupInfo'] !== null);
    const partner = grouped || own.length === 0 ? new Set<string>() : await this.partnerWarehouses(call, run);
    return own.map((doc) => {
      const id = readKey(doc['id'], 'warehouses.id');
      const disabled = readText(readDocOrEmpty(doc['status'])['status']) === 'DISABLED_MANUALLY';
      return { id, name: readText(doc['name']), active: !disabled, version: partner.has(id) ? 3 : 2 };
    });
  }

  /** Warehouses that the third version knows; where it is not to be had, none. */
  private async partnerWarehouses(call: { readonly ids: Readonly<Record<string, string>>; readonly query: { readonly limit: number } }, run: Run): Promise<ReadonlySet<string>> {
    try {
      const found = await readAll(this.client, 'partnerWarehouses', 'warehouses', call, run);
      return new Set(found.map((value) => readKey(readDoc(value, 'partner warehouses')['id'], 'partner warehouses.id')));
    } catch (error) {
      if (error instanceof Unsupported) return new Set();
      throw error;
    }
  }
}

/** The rows of one warehouse: an answer may hold others too, of returns for example. */
function rowsOf(value: unknown, warehouse: string): readonly unknown[] {
  const doc = readDoc(value, 'stocks.warehouses');
  return readId(doc['warehouseId'], 'stocks.warehouseId') === warehouse ? readPresentList(doc['offers'], 'stocks.offers') : [];
}

/** What can be ordered: told, or what is fit for sale less what is reserved. */
function available(row: Doc): number {
  const counts = new Map(
    readList(row['stocks'], 'stocks.stocks').map((value) => {
      const stock = readDoc(value, 'stocks.stocks');
      return [readText(stock['type']), readNumber(stock['count'], 'stocks.count')];
    }),
  );
  return Math.max(0, counts.get('AVAILABLE') ?? (counts.get('FIT') ?? 0) - (counts.get('FREEZE') ?? 0));
}
