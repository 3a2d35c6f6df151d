import { type Diagnostic, line, nameForm, numberText } from '#kernel';
import type { AccountRules, AttributeValue, MasterAttribute, ProductSnapshot } from '#channels/contract';
import { attributesInOrder, type Attributes, type GlobalAttributes } from './woocommerce.attributes.js';

/** How the site calls what a product says in fields of its own. */
export const BRAND = 'Бренд';
export const COUNTRY = 'Страна производства';

/** The name of a master attribute on the site: the seller's rule, else its own. */
export function siteName(name: string, rules: AccountRules): string {
  return line((Object.hasOwn(rules.attributes, name) ? rules.attributes[name] : undefined) ?? name);
}

/** Attributes as the site is to hold them: global ones, by which the shop filters, where the site has one of that name. */
export function renderAttributes(
  product: Pick<ProductSnapshot, 'attributes' | 'brand' | 'country' | 'model'>,
  rules: AccountRules,
  globals: GlobalAttributes,
): { readonly attributes: Attributes; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const found: Record<string, readonly AttributeValue[]> = {};
  const put = (name: string, texts: readonly string[]) => {
    const id = globals[nameForm(name)];
    if (texts.some((text) => text.includes('|'))) diagnostics.push({ severity: 'warning', path: `attributes.${name}`, code: 'woocommerce.value-bar', params: { name } });
    found[name] = [...new Set(texts.map(kept))].map((text) => (id === undefined ? { text } : { id, text }));
  };
  const axes = new Set((product.model?.axes ?? []).map((axis) => siteName(axis, rules)));
  for (const [name, value] of Object.entries(product.attributes)) {
    const own = siteName(name, rules);
    const texts = textsOf(value);
    put(own, axes.has(own) ? texts.slice(0, 1) : texts);
    if (axes.has(own) && texts.length > 1)
      diagnostics.push({ severity: 'warning', path: `attributes.${own}`, code: 'woocommerce.axis-several', params: { name: own, given: texts.length } });
  }
  for (const [name, value] of [
    [BRAND, product.brand],
    [COUNTRY, product.country],
  ] as const) {
    const own = siteName(name, rules);
    if (value !== undefined && line(value) !== '' && found[own] === undefined) put(own, [value]);
  }
  const attributes = attributesInOrder(found);
  for (const axis of axes) {
    if (attributes[axis] === undefined) {
      diagnostics.push({ severity: 'error', path: `attributes.${axis}`, code: 'woocommerce.axis-missing', params: { name: axis, model: product.model?.code ?? '' } });
    }
  }
  return { attributes, diagnostics };
}

/** As the site keeps a value: a bar would split it, and what follows "<" without a blank would be taken for a tag. */
function kept(text: string): string {
  return line(text.replaceAll('|', '/').replace(/<(?=\S)/g, '< '));
}

function textsOf(value: MasterAttribute): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'Да' : 'Нет'];
  if (typeof value === 'string') return [line(value)].filter((text) => text !== '');
  if (!('value' in value)) return value.map(line).filter((text) => text !== '');
  return [value.unit === undefined ? numberText(value.value) : `${numberText(value.value)} ${value.unit}`];
}
