import { type AccountRules, type ChannelModule, placesByRules, type References, type StockPlaces } from '#channels/contract';
import type { CategoryTree } from './ozon.categories.js';
import { referenceKey } from './ozon.references.js';
import { type Warehouse, stockWarehouses } from './ozon.stock-reading.js';

const working = (references: References): readonly Warehouse[] => stockWarehouses((references(referenceKey.warehouses) as readonly Warehouse[] | undefined) ?? []);

/** What an account's rules may name on Ozon: categories with their types, and working FBS warehouses. */
export const choices: NonNullable<ChannelModule['choices']> = {
  categories: {
    needs: [referenceKey.tree],
    list: (references) =>
      ((references(referenceKey.tree) as CategoryTree | undefined) ?? []).filter((leaf) => !leaf.disabled).map(({ id, names }) => ({ id, name: names.join(' / ') })),
  },
  warehouses: {
    needs: [referenceKey.warehouses],
    list: (references) => working(references).map(({ id, name }) => ({ id, name })),
  },
};

/** The warehouses of the account's table; without one, the first that works. */
export function stockPlaces(rules: AccountRules, references: References): StockPlaces {
  return placesByRules(
    rules,
    working(references).map(({ id }) => id),
  );
}
