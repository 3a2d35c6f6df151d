import { readDoc, readFlag, readId, readNumber, readPresentList, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { WildberriesClient } from './wildberries.client.js';

/** A warehouse of the seller's own. */
export interface Warehouse {
  readonly id: string;
  readonly name: string;
  /** Ships to Wildberries (FBS) and is not being deleted. */
  readonly active: boolean;
}

const FBS = 1;
/** Rows of one request, of reads and writes alike. */
export const STOCK_ROWS = 1000;

/** The FBS warehouses that stock can go to, in Wildberries' own order. */
export function stockWarehouses(warehouses: readonly Warehouse[]): readonly Warehouse[] {
  return warehouses.filter((warehouse) => warehouse.active);
}

export async function readWarehouses(client: WildberriesClient, run: Run): Promise<readonly Warehouse[]> {
  const { body } = await client.call('warehouses', {}, run);
  return readPresentList(body, 'warehouses').map((value) => {
    const doc = readDoc(value, 'warehouses');
    return {
      id: readId(doc['id'], 'warehouses.id'),
      name: readText(doc['name']),
      active: readNumber(doc['deliveryType'], 'warehouses.deliveryType') === FBS && !readFlag(doc['isDeleting']),
    };
  });
}

/** Pieces by size id in one warehouse. A size without a row has never had stock there: none. */
export async function readAmounts(client: WildberriesClient, warehouse: string, sizes: readonly string[], run: Run): Promise<ReadonlyMap<string, number>> {
  const amounts = new Map(sizes.map((size) => [size, 0]));
  for (let at = 0; at < sizes.length; at += STOCK_ROWS) {
    const chrtIds = sizes.slice(at, at + STOCK_ROWS).map(Number);
    const { body } = await client.call('stocks', { id: warehouse, body: { chrtIds } }, run);
    for (const value of readPresentList(readDoc(body, 'stocks')['stocks'], 'stocks')) {
      const row = readDoc(value, 'stocks');
      amounts.set(readId(row['chrtId'], 'stocks.chrtId'), readNumber(row['amount'], 'stocks.amount'));
    }
  }
  return amounts;
}

/** Pieces of a size by warehouse. */
export type StockOfSize = (size: string) => Readonly<Record<string, number>>;

/** Warehouse by warehouse: the one read across all of them is half an hour old. */
export async function readStock(client: WildberriesClient, warehouses: readonly string[], sizes: readonly string[], run: Run): Promise<StockOfSize> {
  const amounts: (readonly [string, ReadonlyMap<string, number>])[] = [];
  for (const id of warehouses) amounts.push([id, await readAmounts(client, id, sizes, run)]);
  return (size) => Object.fromEntries(amounts.map(([id, bySize]) => [id, bySize.get(size) ?? 0]));
}
