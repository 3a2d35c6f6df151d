import { BrokenContract, type Doc, readDoc, readFlag, readId, readList, readNumber, readText } from '#kernel';
import type { ObservedCard, Run } from '#channels/contract';
import type { OzonClient } from './ozon.client.js';
import { freeStock, stockCard } from './ozon.observe.js';

export interface Warehouse {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** The seller's own delivery: not a warehouse we write to. */
  readonly own: boolean;
}

/** Words of `status` that say a warehouse is out of work; the schema names none, the others are taken as working. */
const IDLE = /disabled|blocked|error|archiv|closed|draft|not[_-]?active|inactive/i;

/** The FBS warehouses that stock can go to, in Ozon's own order. */
export function stockWarehouses(warehouses: readonly Warehouse[]): readonly Warehouse[] {
  return warehouses.filter((warehouse) => !warehouse.own && warehouse.active);
}

export async function readWarehouses(client: OzonClient, run: Run): Promise<readonly Warehouse[]> {
  const found: Warehouse[] = [];
  for (let cursor = ''; ;) {
    const { body } = await client.call('warehouses', { limit: 200, cursor }, run);
    for (const value of readList(body['warehouses'], 'warehouses')) found.push(warehouseOf(readDoc(value, 'warehouses')));
    const next = readText(body['cursor']);
    if (!readFlag(body['has_next']) || next === '') return found;
    if (next === cursor) throw new BrokenContract('warehouses: the same page came again', { cursor });
    cursor = next;
  }
}

function warehouseOf(doc: Doc): Warehouse {
  return {
    id: readId(doc['warehouse_id'], 'warehouse_id'),
    name: readText(doc['name']),
    active: !IDLE.test(readText(doc['status'])) && readText(doc['pause_at']) === '',
    own: readFlag(doc['is_rfbs']),
  };
}

interface Stocks {
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
}

/** How many offers one by-warehouse request names; the schema states no limit. */
const OFFERS = 500;
const ROWS = 1000;

/** Free stock of cards in every working FBS warehouse, from the bulk read wherever that is exact. */
export class StockReader {
  private known: { readonly at: number; readonly warehouses: readonly Warehouse[] } | undefined;

  constructor(
    private readonly client: OzonClient,
    private readonly now: () => number,
  ) {}

  async warehouses(run: Run): Promise<readonly Warehouse[]> {
    if (this.known === undefined || this.now() - this.known.at > 15 * 60_000) {
      this.known = { at: this.now(), warehouses: await readWarehouses(this.client, run) };
    }
    return this.known.warehouses;
  }

  /** Free stock of these cards. Only those that lie in several warehouses are asked for warehouse by warehouse. */
  async read(ids: readonly string[], cards: readonly ObservedCard[], run: Run): Promise<Stocks> {
    const warehouses = (await this.warehouses(run)).filter((warehouse) => !warehouse.own);
    const working = stockWarehouses(warehouses).map((warehouse) => warehouse.id);
    if (working.length === 0 || ids.length === 0) return { startedAt: Date.now(), cards: [] };
    const totals = await this.totals(ids, working, warehouses.length === 1 ? working[0] : undefined, run);
    if (totals.spread.size === 0) return totals;
    const spread = cards.filter((card) => totals.spread.has(card.key));
    const single = await this.byWarehouse(spread, working, run);
    return { startedAt: totals.startedAt, cards: [...totals.cards, ...single] };
  }

  /** `only`: the one warehouse there is, so that a sum of unnamed warehouses is its own. */
  private async totals(ids: readonly string[], working: readonly string[], only: string | undefined, run: Run): Promise<Stocks & { readonly spread: ReadonlySet<string> }> {
    const out: ObservedCard[] = [];
    const spread = new Set<string>();
    const met = new Set<string>();
    let startedAt: number | undefined;
    for (let cursor = ''; ;) {
      const answer = await this.client.call('stocks', { filter: { product_id: ids, visibility: 'ALL' }, limit: 1000, cursor }, run);
      startedAt ??= answer.startedAt;
      const items = readList(answer.body['items'], 'stocks.items');
      for (const item of items) {
        const { free, warehouses } = freeStock(item, 'fbs');
        const holder = only ?? (warehouses.size === 1 ? [...warehouses][0] : undefined);
        const card = stockCard(item, Object.fromEntries(working.map((id) => [id, id === holder ? free : 0])));
        if (met.has(card.key)) continue;
        met.add(card.key);
        if (holder !== undefined || (warehouses.size === 0 && free === 0)) out.push(card);
        else spread.add(card.key);
      }
      const next = readText(answer.body['cursor']);
      if (items.length === 0 || next === '' || met.size >= ids.length) return { startedAt, cards: out, spread };
      if (next === cursor) throw new BrokenContract('stocks: the same page came again', { cursor });
      cursor = next;
    }
  }

  private async byWarehouse(cards: readonly ObservedCard[], working: readonly string[], run: Run): Promise<readonly ObservedCard[]> {
    const free = new Map<string, number>();
    for (let at = 0; at < cards.length; at += OFFERS) {
      const offers = cards.slice(at, at + OFFERS).map((card) => card.key);
      for (let cursor = ''; ;) {
        const answer = await this.client.call('stocksByWarehouse', { offer_id: offers, limit: ROWS, cursor }, run);
        for (const value of readList(answer.body['products'], 'stocks by warehouse')) {
          const row = readDoc(value, 'stocks by warehouse');
          const place = `${readId(row['warehouse_id'], 'warehouse_id')}/${readText(row['offer_id'])}`;
          free.set(place, Math.max(0, readNumber(row['free_stock'], 'free_stock')));
        }
        const next = readText(answer.body['cursor']);
        if (!readFlag(answer.body['has_next']) || next === '') break;
        if (next === cursor) throw new BrokenContract('stocks by warehouse: the same page came again', { cursor });
        cursor = next;
      }
    }
    // A card without a row has nothing in that warehouse.
    return cards.map((card) => ({ ...card, values: { stock: Object.fromEntries(working.map((id) => [id, free.get(`${id}/${card.key}`) ?? 0])) } }));
  }
}
