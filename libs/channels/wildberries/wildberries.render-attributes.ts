import { type Diagnostic, line, nameForm, nameWithoutUnit } from '#kernel';
import type { AccountRules, AttributeValue, MasterAttribute, ProductSnapshot, References } from '#channels/contract';
import { BRAND, attributesInOrder } from './wildberries.normalise.js';
import { type Characteristic, type Directory, referenceKey } from './wildberries.references.js';
import { valuesOf } from './wildberries.render-values.js';
import { isSizeName } from './wildberries.sizes.js';

/** A master attribute beside the characteristic that it fills. */
interface Filling {
  readonly schema: Characteristic;
  readonly value: MasterAttribute;
}

export interface AttributePlan {
  readonly fillings: readonly Filling[];
  /** Master attributes that the subject has no place for. */
  readonly unknown: readonly string[];
}

/** Characteristics whose values come from a list, by name: the schema itself does not tell. */
const LISTED: Readonly<Record<string, Directory | 'tnved'>> = {
  цвет: 'colors',
  пол: 'kinds',
  сезон: 'seasons',
  'ставка ндс': 'vat',
  'страна производства': 'countries',
  тнвэд: 'tnved',
};
const COUNTRY = 'страна производства';
const VAT = 'ставка ндс';

interface SchemaIndex {
  readonly byId: ReadonlyMap<string, Characteristic>;
  readonly byName: ReadonlyMap<string, Characteristic>;
}
const indexes = new WeakMap<readonly Characteristic[], SchemaIndex>();

function indexOf(schema: readonly Characteristic[]): SchemaIndex {
  const known = indexes.get(schema);
  if (known !== undefined) return known;
  const usable = schema.filter((one) => !one.named && one.type !== 'unused');
  const byName = new Map<string, Characteristic>();
  // The full name wins over the name without its unit; the first of two equal names wins.
  for (const one of [...usable].reverse()) byName.set(nameForm(nameWithoutUnit(one.name)), one);
  for (const one of [...usable].reverse()) byName.set(nameForm(one.name), one);
  const built = { byId: new Map(usable.map((one) => [one.id, one])), byName };
  indexes.set(schema, built);
  return built;
}

/** Which master value goes to which characteristic: the seller's own rules first, then equal names, then what a product knows by itself. */
export function planAttributes(product: ProductSnapshot, rules: AccountRules, schema: readonly Characteristic[]): AttributePlan {
  const { byId, byName } = indexOf(schema);
  const chosen = new Map<string, Filling>();
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(product.attributes)) {
    const ruled = Object.hasOwn(rules.attributes, name) ? rules.attributes[name] : undefined;
    const target = ruled === undefined ? (byName.get(nameForm(name)) ?? byName.get(nameForm(nameWithoutUnit(name)))) : byId.get(ruled);
    if (target !== undefined) chosen.set(target.id, { schema: target, value });
    else if (!isSizeName(name)) unknown.push(name);
  }
  const own: readonly (readonly [string, MasterAttribute | undefined])[] = [
    [COUNTRY, product.country],
    [VAT, product.vat === undefined ? undefined : String(product.vat)],
  ];
  for (const [name, value] of own) {
    const target = byName.get(name);
    if (target !== undefined && value !== undefined && value !== '' && !chosen.has(target.id)) chosen.set(target.id, { schema: target, value });
  }
  return { fillings: [...chosen.values()], unknown };
}

function listKey(schema: Characteristic, subject: string): string | undefined {
  const list = LISTED[nameForm(schema.name)];
  if (list === undefined) return undefined;
  return list === 'tnved' ? referenceKey.tnved(subject) : referenceKey.directory(list);
}

/** The lists of permitted values that a plan asks for. */
export function listKeys(plan: AttributePlan, subject: string): readonly string[] {
  return [...new Set(plan.fillings.flatMap(({ schema }) => listKey(schema, subject) ?? []))];
}

/** The characteristics of a card as they are to be, ids ascending, and what stands in the way. */
export function renderAttributes(
  product: ProductSnapshot,
  plan: AttributePlan,
  schema: readonly Characteristic[],
  subject: string,
  references: References,
): { readonly attributes: Readonly<Record<string, readonly AttributeValue[]>>; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = plan.unknown.map((name) => ({ severity: 'warning', path: `attributes.${name}`, code: 'wildberries.attribute-unknown', params: { name } }));
  const attributes: Record<string, readonly AttributeValue[]> = {};
  for (const { schema: one, value } of plan.fillings) {
    const key = listKey(one, subject);
    const list = key === undefined ? undefined : (references(key) as readonly string[] | undefined);
    const found = valuesOf(one, value, list);
    diagnostics.push(...found.diagnostics);
    if (found.values.length > 0) attributes[one.id] = found.values;
  }
  if (product.brand !== undefined && line(product.brand) !== '') attributes[BRAND] = [{ text: line(product.brand) }];
  for (const one of schema) {
    if (!one.required || one.named || one.type === 'unused' || attributes[one.id] !== undefined) continue;
    if (diagnostics.some((told) => told.severity === 'error' && told.path === `attributes.${one.id}`)) continue;
    diagnostics.push({ severity: 'error', path: `attributes.${one.id}`, code: 'wildberries.attribute-required', params: { name: one.name } });
  }
  return { attributes: attributesInOrder(attributes), diagnostics };
}
