import { type AccountRules, type ChannelModule, placesByRules, type References, type StockPlaces } from '#channels/contract';
import { referenceKey } from './wildberries.references.js';
import { type Warehouse, stockWarehouses } from './wildberries.stock-reading.js';
import type { Subject } from './wildberries.subjects.js';

const working = (references: References): readonly Warehouse[] => stockWarehouses((references(referenceKey.warehouses) as readonly Warehouse[] | undefined) ?? []);

/** What an account's rules may name on Wildberries: subjects, and working FBS warehouses. */
export const choices: NonNullable<ChannelModule['choices']> = {
  categories: {
    needs: [referenceKey.subjects],
    list: (references) =>
      ((references(referenceKey.subjects) as readonly Subject[] | undefined) ?? []).map(({ id, name, parent }) => ({ id, name: parent === '' ? name : `${parent} / ${name}` })),
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
