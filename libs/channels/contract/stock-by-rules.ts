import type { AccountRules } from './channel.js';
import type { StockPlaces } from './rule-choices.js';

/** Where the pieces of one product go by the account's table of warehouses. */
export interface StockByRules {
  /** Whole pieces, none below zero, by warehouse of the channel; every working one that the table names is there, with 0 where nothing lies. */
  readonly stock: Readonly<Record<string, number>>;
  /** Warehouses of the channel that the table names and that cannot be written to. */
  readonly closed: readonly string[];
  /** Warehouses of the catalog that hold pieces and have no row: their stock goes nowhere. */
  readonly unmapped: readonly string[];
}

type Table = Pick<AccountRules, 'warehouses'>;

/** Splits a product's stock among the `working` warehouses of the channel, at least one; without a table all of it goes to the first. */
export function stockByRules(held: Readonly<Record<string, number>>, rules: Table, working: readonly [string, ...string[]]): StockByRules {
  const table = new Map(Object.entries(rules.warehouses ?? {}));
  const pieces = Object.entries(held).map(([name, count]) => [name, Math.max(0, Math.trunc(count))] as const);
  if (table.size === 0) return { stock: { [working[0]]: pieces.reduce((sum, [, count]) => sum + count, 0) }, closed: [], unmapped: [] };
  const named = [...new Set(table.values())];
  const stock = Object.fromEntries(named.filter((warehouse) => working.includes(warehouse)).map((warehouse) => [warehouse, 0]));
  const unmapped: string[] = [];
  for (const [name, count] of pieces) {
    const target = table.get(name);
    if (target === undefined) {
      if (count > 0) unmapped.push(name);
    } else if (stock[target] !== undefined) stock[target] += count;
  }
  return { stock, closed: named.filter((warehouse) => !working.includes(warehouse)), unmapped };
}

/** Of the `working` warehouses of the channel: those that a rendering speaks of by this table, and the rest. */
export function placesByRules(rules: Table, working: readonly string[]): StockPlaces {
  const named = new Set(Object.values(rules.warehouses ?? {}));
  const managed = named.size === 0 ? working.slice(0, 1) : working.filter((id) => named.has(id));
  return { managed, others: working.filter((id) => !managed.includes(id)) };
}
