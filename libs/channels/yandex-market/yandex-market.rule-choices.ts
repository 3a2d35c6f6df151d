import type { ChannelModule } from '#channels/contract';
import type { CategoryTree } from './yandex-market.categories.js';
import { referenceKey } from './yandex-market.references.js';

/** What an account's rules may name on Yandex Market: categories that hold goods. */
export const choices: NonNullable<ChannelModule['choices']> = {
  categories: {
    needs: [referenceKey.tree],
    list: (references) => ((references(referenceKey.tree) as CategoryTree | undefined) ?? []).map(({ id, names }) => ({ id, name: names.join(' / ') })),
  },
};
