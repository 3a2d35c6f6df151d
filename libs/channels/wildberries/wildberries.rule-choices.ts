import type { ChannelModule } from '#channels/contract';
import { referenceKey } from './wildberries.references.js';
import type { Subject } from './wildberries.subjects.js';

/** What an account's rules may name on Wildberries: subjects. */
export const choices: NonNullable<ChannelModule['choices']> = {
  categories: {
    needs: [referenceKey.subjects],
    list: (references) =>
      ((references(referenceKey.subjects) as readonly Subject[] | undefined) ?? []).map(({ id, name, parent }) => ({ id, name: parent === '' ? name : `${parent} / ${name}` })),
  },
};
