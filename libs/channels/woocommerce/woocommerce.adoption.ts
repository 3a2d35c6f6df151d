import { readDoc } from '#kernel';
import { literalText, type AccountRules, type Adoption, type AdoptedProduct, type MasterAttribute, type PictureJudge, type ProductSnapshot } from '#channels/contract';
import { BESIDE } from './woocommerce.categories.js';
import { isEcho } from './woocommerce.echo.js';
import { shownHtml } from './woocommerce.observe.js';
import { readable, safeHtml } from './woocommerce.readable.js';
import { BRAND, COUNTRY, renderAttributes } from './woocommerce.render-attributes.js';

const NOBODY_LOOKED: PictureJudge = { same: () => undefined };
const NO_RULES: AccountRules = { categories: {}, attributes: {}, currency: '' };

/**
 * What a shop sells as products of the catalog. A product in several categories takes the first of them; meta data
 * and whatever no facet speaks of stay on the site. Variations are products of one model, which is named as their group.
 */
export const adoption: Adoption = {
  needs: () => [],
  needsDocument: true,
  product({ title = '', description = '', category = '', attributes = {} }, _references, { key, ids, document }): AdoptedProduct {
    const texts = Object.entries(attributes).map(([name, values]): [string, MasterAttribute] => {
      const [only = '', ...others] = values.map(({ text }) => text);
      return [name, others.length === 0 ? only : [only, ...others]];
    });
    const sent = renderAttributes({ attributes: Object.fromEntries(texts) }, NO_RULES, {}).attributes;
    // What would come out as something else, sent to the site, stays there as it is.
    const named = new Map(texts.filter(([name]) => isEcho('attributes', { [name]: sent[name] ?? [] }, attributes, NOBODY_LOOKED) === 'yes'));
    const brand = takeOut(named, BRAND);
    const country = takeOut(named, COUNTRY);
    const model = modelOf(ids, literalText(title));
    return {
      title: literalText(title),
      description: markedUp(description, key, document) ?? literalText(description),
      category: category.split(BESIDE)[0] ?? '',
      ...(brand === undefined ? {} : { brand }),
      ...(country === undefined ? {} : { country }),
      attributes: Object.fromEntries(named),
      ...(model === undefined ? {} : { model }),
    };
  },
};

/** More than the paragraphs that the site makes of lines by itself. */
const MARKED_UP = /<(?!\/?(?:p|br)\b)/i;

/** The description with the mark-up that the catalog keeps; undefined where there is none, or it would not say what is shown. */
function markedUp(shown: string, key: string, document: unknown): string | undefined {
  if (document === undefined) return undefined;
  const { product, group } = readDoc(document, 'document');
  const html = safeHtml(shownHtml(key, readDoc(product, 'product'), group === undefined ? undefined : readDoc(group, 'group')));
  return MARKED_UP.test(html) && readable(html) === shown ? html : undefined;
}

/** Takes the only value of an attribute that a product says in a field of its own. */
function takeOut(named: Map<string, MasterAttribute>, name: string): string | undefined {
  const value = named.get(name);
  if (typeof value !== 'string') return undefined;
  named.delete(name);
  return value;
}

function modelOf({ model, axes }: Readonly<Record<string, string>>, title: string): ProductSnapshot['model'] {
  return model === undefined || axes === undefined ? undefined : { code: model, axes: JSON.parse(axes) as readonly string[], title };
}
