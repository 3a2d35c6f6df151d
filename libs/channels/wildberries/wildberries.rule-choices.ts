import { type AccountRules, type ChannelModule, placesByRules, type References, type StockPlaces } from '#channels/contract';
import { referenceKey } from './wildberries.references.js';
import { type Warehouse, stockWarehouse } from './wildberries.stock-reading.js';
import type { Subject } from './wildberries.subjects.js';

function place(references: References): readonly Warehouse[] {
  const warehouse = stockWarehouse((references(referenceKey.warehouses) as readonly Warehouse[] | undefined) ?? []);
  return warehouse === undefined ? [] : [warehouse];
}

/** What an account's rules may name on Wildberries: subjects, and the one FBS warehouse that stock goes to. */
export const choices: NonNullable<ChannelModule['choices']> = {
  categories: {
    needs: [referenceKey.subjects],
    list: (references) =>
      ((references(referenceKey.subjects) as readonly Subject[] | undefined) ?? []).map(({ id, name, parent }) => ({ id, name: parent === '' ? name : `${parent} / ${name}` })),
  },
  warehouses: {
    needs: [referenceKey.warehouses],
    list: (references) => place(references).map(({ id, name }) => ({ id, name })),
  },
};

/** That warehouse, unless the account's table names others only: then what we put there is taken back. */
export function stockPlaces(rules: AccountRules, references: References): StockPlaces {
  return placesByRules(
    rules,
    place(references).map(({ id }) => id),
  );
}
