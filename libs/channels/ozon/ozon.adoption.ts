import type { Adoption, AdoptedProduct, AttributeValue } from '#channels/contract';
import { ATTRIBUTE } from './ozon.attribute-ids.js';
import { type CategoryTree, leafById } from './ozon.categories.js';
import { type AttributeSchema, referenceKey } from './ozon.references.js';
import { NO_BRAND } from './ozon.render-attributes.js';

/** Travel in fields of their own, or are made anew from them by `render`. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ATTRIBUTE.title,
  ATTRIBUTE.description,
  ATTRIBUTE.brand,
  ATTRIBUTE.clothingBrand,
  ATTRIBUTE.type,
  ATTRIBUTE.country,
  ATTRIBUTE.hashtags,
  ATTRIBUTE.richContent,
]);

/** Ozon's cards as products: names instead of ids. Videos, covers, hashtags and rich content stay on the channel, where nothing of ours touches them. */
export const adoption: Adoption = {
  needs: ({ category }) => (category === undefined ? [] : [referenceKey.tree, referenceKey.attributes(category)]),
  product(values, references): AdoptedProduct {
    const { category = '', attributes = {} } = values;
    const tree = references(referenceKey.tree) as CategoryTree | undefined;
    const schema = (references(referenceKey.attributes(category)) as readonly AttributeSchema[] | undefined) ?? [];
    const brand = text(attributes[ATTRIBUTE.brand] ?? attributes[ATTRIBUTE.clothingBrand]);
    const country = text(attributes[ATTRIBUTE.country]);
    const named = schema.flatMap(({ id, name, collection, complexId }): [string, string | readonly string[]][] => {
      const held = attributes[id];
      if (held === undefined || complexId !== '' || ELSEWHERE.has(id)) return [];
      const texts = held.map((one) => one.text);
      return [[name, collection ? texts : (texts[0] ?? '')]];
    });
    return {
      title: values.title ?? '',
      description: values.description ?? '',
      category: (tree === undefined ? undefined : leafById(tree, category))?.names.join(' / ') ?? '',
      ...(brand === '' || brand === NO_BRAND ? {} : { brand }),
      ...(country === '' ? {} : { country }),
      attributes: Object.fromEntries(named),
    };
  },
};

function text(values: readonly AttributeValue[] | undefined): string {
  return values?.[0]?.text ?? '';
}
