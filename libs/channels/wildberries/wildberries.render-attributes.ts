import { type Diagnostic, line, nameForm, nameWithoutUnit } from '#kernel';
import type { AccountRules, AttributeValue, MasterAttribute, ProductSnapshot, References } from '#channels/contract';
import { otherNames } from './wildberries.attribute-names.js';
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
  /** Master attributes that the subject has no place for, or whose place another one fills that fits better. */
  readonly notCarried: readonly string[];
}

/** How a master attribute was found to mean a characteristic, surest first. */
const SURENESS = ['rule', 'name', 'name-without-unit', 'other-name'] as const;

interface Match {
  readonly target: Characteristic;
  readonly by: (typeof SURENESS)[number];
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
/** What a product says by itself, by the form of the characteristic's name. */
export const COUNTRY = 'страна производства';
export const VAT = 'ставка ндс';

type ByName = ReadonlyMap<string, Characteristic>;

interface SchemaIndex {
  readonly byId: ReadonlyMap<string, Characteristic>;
  readonly byName: ByName;
  readonly byNameWithoutUnit: ByName;
  readonly byOtherName: ByName;
}
const indexes = new WeakMap<readonly Characteristic[], SchemaIndex>();

function indexOf(schema: readonly Characteristic[]): SchemaIndex {
  const known = indexes.get(schema);
  if (known !== undefined) return known;
  const usable = schema.filter((one) => !one.named && one.type !== 'unused');
  const built = {
    byId: new Map(usable.map((one) => [one.id, one])),
    byName: firstOf(usable, (one) => [nameForm(one.name)]),
    byNameWithoutUnit: firstOf(usable, (one) => [shortForm(one.name), nameForm(`${one.name}, ${one.unit}`)]),
    byOtherName: firstOf(usable, (one) => otherNames(shortForm(one.name))),
  };
  indexes.set(schema, built);
  return built;
}

/** Of several that share a name the first is it. */
function firstOf(schema: readonly Characteristic[], names: (one: Characteristic) => readonly string[]): ByName {
  const found = new Map<string, Characteristic>();
  for (const one of schema) for (const name of names(one)) if (!found.has(name)) found.set(name, one);
  return found;
}

const shortForm = (name: string): string => nameForm(nameWithoutUnit(name));

function matchOf(name: string, rules: AccountRules, index: SchemaIndex): Match | undefined {
  const ruled = Object.hasOwn(rules.attributes, name) ? rules.attributes[name] : undefined;
  const [full, short] = [nameForm(name), shortForm(name)];
  const found: readonly (readonly [Match['by'], Characteristic | undefined])[] =
    ruled === undefined
      ? [
          ['name', index.byName.get(full)],
          ['name-without-unit', index.byName.get(short) ?? index.byNameWithoutUnit.get(full) ?? index.byNameWithoutUnit.get(short)],
          ['other-name', index.byOtherName.get(full) ?? index.byOtherName.get(short)],
        ]
      : [['rule', index.byId.get(ruled)]];
  for (const [by, target] of found) if (target !== undefined) return { by, target };
  return undefined;
}

/** Which master value goes to which characteristic: the seller's own rules first, then equal names, then other names of it, then what a product knows by itself. */
export function planAttributes(product: ProductSnapshot, rules: AccountRules, schema: readonly Characteristic[]): AttributePlan {
  const index = indexOf(schema);
  const chosen = new Map<string, Filling>();
  const matches = Object.entries(product.attributes).map(([name, value]) => ({ name, value, match: matchOf(name, rules, index) }));
  const notCarried = new Set(matches.filter(({ name, value, match }) => match === undefined && !travelsElsewhere(product, name, value)).map(({ name }) => name));
  for (const by of SURENESS) {
    for (const { name, value, match } of matches) {
      if (match?.by !== by) continue;
      if (chosen.has(match.target.id)) notCarried.add(name);
      else chosen.set(match.target.id, { schema: match.target, value });
    }
  }
  const own: readonly (readonly [string, MasterAttribute | undefined])[] = [
    [COUNTRY, product.country],
    [VAT, product.vat === undefined ? undefined : String(product.vat)],
  ];
  for (const [name, value] of own) {
    const target = index.byName.get(name);
    if (target !== undefined && value !== undefined && value !== '' && !chosen.has(target.id)) chosen.set(target.id, { schema: target, value });
  }
  return { fillings: [...chosen.values()], notCarried: [...notCarried] };
}

/** Sizes travel in `sizes`, the article as the card's own. */
function travelsElsewhere(product: ProductSnapshot, name: string, value: MasterAttribute): boolean {
  return isSizeName(name) || value === product.sku;
}

/** The list that a characteristic's values come from. */
export function listKey(schema: Characteristic, subject: string): string | undefined {
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
  const diagnostics: Diagnostic[] = plan.notCarried.map((name) => ({ severity: 'warning', path: `attributes.${name}`, code: 'wildberries.attribute-unknown', params: { name } }));
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
