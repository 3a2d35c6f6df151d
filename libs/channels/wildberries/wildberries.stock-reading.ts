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

/** The warehouse that stock goes to: the first working one in Wildberries' own order. */
export function stockWarehouse(warehouses: readonly Warehouse[]): Warehouse | undefined {
  return warehouses.find((warehouse) => warehouse.active);
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
