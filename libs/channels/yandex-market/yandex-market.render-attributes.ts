import { type Diagnostic, line, nameForm, nameWithoutUnit } from '#kernel';
import type { AccountRules, AttributeValue, MasterAttribute, ProductSnapshot } from '#channels/contract';
import { GROUP, VENDOR, attributesInOrder } from './yandex-market.normalise.js';
import type { Parameter } from './yandex-market.references.js';
import { valuesOf } from './yandex-market.render-values.js';

/** A master attribute beside the characteristic that it fills. */
interface Filling {
  readonly parameter: Parameter;
  readonly value: MasterAttribute;
  /** Said by the product itself, not by an attribute of that name: it goes along where it fits and is not missed where it does not. */
  readonly aside?: true;
}

interface ParameterIndex {
  readonly byId: ReadonlyMap<string, Parameter>;
  readonly byName: ReadonlyMap<string, Parameter>;
}
const indexes = new WeakMap<readonly Parameter[], ParameterIndex>();

function indexOf(schema: readonly Parameter[]): ParameterIndex {
  const known = indexes.get(schema);
  if (known !== undefined) return known;
  const byName = new Map<string, Parameter>();
  // The full name wins over the name without its unit; the first of two equal names wins.
  for (const one of [...schema].reverse()) byName.set(nameForm(nameWithoutUnit(one.name)), one);
  for (const one of [...schema].reverse()) byName.set(nameForm(one.name), one);
  const built = { byId: new Map(schema.map((one) => [one.id, one])), byName };
  indexes.set(schema, built);
  return built;
}

/** What a product knows by itself, by the names characteristics have for it. */
export const BRAND_NAMES: readonly string[] = ['бренд', 'торговая марка'];
export const COUNTRY_NAMES: readonly string[] = ['страна производства', 'страна-изготовитель', 'страна'];
const OWN: readonly { readonly names: readonly string[]; readonly of: (product: ProductSnapshot) => MasterAttribute | undefined }[] = [
  { names: BRAND_NAMES, of: (product) => product.brand },
  { names: COUNTRY_NAMES, of: (product) => product.country },
];

/** The characteristics of a card as they are to be, ids ascending, and what stands in the way: the account's own rules first, then equal names. */
export function renderAttributes(
  product: ProductSnapshot,
  rules: AccountRules,
  schema: readonly Parameter[],
): { readonly attributes: Readonly<Record<string, readonly AttributeValue[]>>; readonly diagnostics: readonly Diagnostic[] } {
  const { byId, byName } = indexOf(schema);
  const diagnostics: Diagnostic[] = [];
  const chosen = new Map<string, Filling>();
  for (const [name, value] of Object.entries(product.attributes)) {
    const ruled = Object.hasOwn(rules.attributes, name) ? rules.attributes[name] : undefined;
    const parameter = ruled === undefined ? (byName.get(nameForm(name)) ?? byName.get(nameForm(nameWithoutUnit(name)))) : byId.get(ruled);
    if (parameter !== undefined) chosen.set(parameter.id, { parameter, value });
    else diagnostics.push({ severity: 'warning', path: `attributes.${name}`, code: 'yandex-market.attribute-unknown', params: { name } });
  }
  const add = (parameter: Parameter | undefined, value: MasterAttribute | undefined) => {
    if (parameter !== undefined && value !== undefined && value !== '' && !chosen.has(parameter.id)) chosen.set(parameter.id, { parameter, value, aside: true });
  };
  for (const { names, of } of OWN)
    add(
      names.map((name) => byName.get(name)).find((one) => one !== undefined),
      of(product),
    );
  add(byId.get(GROUP), product.model?.code);

  const attributes: Record<string, readonly AttributeValue[]> = {};
  for (const { parameter, value, aside } of chosen.values()) {
    const found = valuesOf(parameter, value);
    diagnostics.push(...(aside && !parameter.required ? found.diagnostics.map((one) => ({ ...one, severity: 'warning' as const })) : found.diagnostics));
    if (found.values.length > 0) attributes[parameter.id] = found.values;
  }
  const brand = line(product.brand ?? '');
  if (brand !== '') attributes[VENDOR] = [{ text: brand }];
  for (const one of schema) {
    if (!one.required || attributes[one.id] !== undefined) continue;
    if (diagnostics.some((told) => told.severity === 'error' && told.path === `attributes.${one.id}`)) continue;
    diagnostics.push({ severity: 'error', path: `attributes.${one.id}`, code: 'yandex-market.attribute-required', params: { name: one.name } });
  }
  return { attributes: attributesInOrder(attributes), diagnostics };
}
