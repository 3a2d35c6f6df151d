import type { ChannelModule } from '#channels/contract';
import type { SiteCategory } from './woocommerce.categories.js';
import { referenceKey } from './woocommerce.references.js';
import { treeOf } from './woocommerce.render.js';

/** What an account's rules may name on a site: its own categories. */
export const choices: NonNullable<ChannelModule['choices']> = {
  categories: {
    needs: [referenceKey.categories],
    list: (references) => {
      const categories = (references(referenceKey.categories) as readonly SiteCategory[] | undefined) ?? [];
      const tree = treeOf(categories);
      return categories.map(({ id }) => ({ id, name: tree.pathOf(id) }));
    },
  },
};
