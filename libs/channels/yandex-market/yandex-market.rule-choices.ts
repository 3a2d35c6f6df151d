import { type AccountRules, type ChannelModule, placesByRules, type References, type StockPlaces } from '#channels/contract';
import type { CategoryTree } from './yandex-market.categories.js';
import { referenceKey } from './yandex-market.references.js';
import { type Warehouse, stockWarehouse } from './yandex-market.stock-reading.js';

function place(references: References): readonly Warehouse[] {
  const warehouse = stockWarehouse((references(referenceKey.warehouses) as readonly Warehouse[] | undefined) ?? []);
  return warehouse === undefined ? [] : [warehouse];
}

/** What an account's rules may name on Yandex Market: categories that hold goods, and the one warehouse of the store that stock goes to. */
export const choices: NonNullable<ChannelModule['choices']> = {
  categories: {
    needs: [referenceKey.tree],
    list: (references) => ((references(referenceKey.tree) as CategoryTree | undefined) ?? []).map(({ id, names }) => ({ id, name: names.join(' / ') })),
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
