import { type Diagnostic, nameWithoutUnit, nameForm } from '#kernel';
import type { AccountRules, AttributeValue, MasterAttribute, ProductSnapshot, References } from '#channels/contract';
import { ATTRIBUTE } from './ozon.attribute-ids.js';
import { hashtags } from './ozon.hashtags.js';
import { attributesInOrder } from './ozon.normalise.js';
import { type AttributeSchema, type Dictionary, referenceKey } from './ozon.references.js';
import { dictionaryValues, textsOf, valuesOf } from './ozon.render-values.js';

/** A master attribute beside the attribute of the channel that it fills. */
export interface Filling {
  readonly schema: AttributeSchema;
  readonly value: MasterAttribute;
}

export interface AttributePlan {
  readonly fillings: readonly Filling[];
  /** Master attributes that the category has no place for. */
  readonly unknown: readonly string[];
}

/** Ozon asks for this brand where there is none. */
export const NO_BRAND = 'Нет бренда';
/** Travel in their own fields. */
const ELSEWHERE: ReadonlySet<string> = new Set([ATTRIBUTE.title, ATTRIBUTE.description, ATTRIBUTE.type]);

interface SchemaIndex {
  readonly byId: ReadonlyMap<string, AttributeSchema>;
  readonly byName: ReadonlyMap<string, AttributeSchema>;
}
const indexes = new WeakMap<readonly AttributeSchema[], SchemaIndex>();

function indexOf(schema: readonly AttributeSchema[]): SchemaIndex {
  const known = indexes.get(schema);
  if (known !== undefined) return known;
  const usable = schema.filter((attribute) => !ELSEWHERE.has(attribute.id) && attribute.complexId === '');
  const byName = new Map<string, AttributeSchema>();
  // The full name wins over the name without its unit; the first of two equal names wins.
  for (const attribute of [...usable].reverse()) byName.set(attributeForm(nameWithoutUnit(attribute.name)), attribute);
  for (const attribute of [...usable].reverse()) byName.set(attributeForm(attribute.name), attribute);
  const built = { byId: new Map(usable.map((attribute) => [attribute.id, attribute])), byName };
  indexes.set(schema, built);
  return built;
}

function attributeForm(name: string): string {
  return nameForm(name.replace(/^[#\s]+/, ''));
}

/** Which master value goes to which attribute: the seller's own rules first, then equal names, then what a product knows by itself. */
export function planAttributes(product: ProductSnapshot, rules: AccountRules, schema: readonly AttributeSchema[]): AttributePlan {
  const { byId, byName } = indexOf(schema);
  const chosen = new Map<string, Filling>();
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(product.attributes)) {
    const ruled = Object.hasOwn(rules.attributes, name) ? rules.attributes[name] : undefined;
    const target = ruled === undefined ? byName.get(attributeForm(name)) : byId.get(ruled);
    if (target === undefined) unknown.push(name);
    else chosen.set(target.id, { schema: target, value });
  }
  const own: readonly (readonly [string, MasterAttribute | undefined])[] = [
    [ATTRIBUTE.brand, product.brand ?? NO_BRAND],
    [ATTRIBUTE.clothingBrand, product.brand ?? NO_BRAND],
    [ATTRIBUTE.model, product.model?.code ?? product.sku],
    [ATTRIBUTE.article, product.sku],
    [ATTRIBUTE.country, product.country],
  ];
  for (const [id, value] of own) {
    const target = byId.get(id);
    if (target !== undefined && value !== undefined && value !== '' && !chosen.has(id)) chosen.set(id, { schema: target, value });
  }
  return { fillings: [...chosen.values()], unknown };
}

/** Dictionaries of the planned attributes, and single searches where a dictionary is too long to hold. */
export function dictionaryKeys(plan: AttributePlan, category: string, references: References): readonly string[] {
  return plan.fillings
    .filter((filling) => filling.schema.dictionaryId !== '')
    .flatMap((filling) => {
      const key = referenceKey.values(filling.schema.id, category);
      const dictionary = references(key) as Dictionary | undefined;
      if (dictionary === undefined || dictionary.complete) return [key];
      const texts = textsOf(filling.value).filter((text) => dictionaryValues(dictionary, text).length === 0);
      return [key, ...texts.map((text) => referenceKey.value(filling.schema.id, category, text))];
    });
}

/** The attributes of a card as they are to be, ids ascending, and what stands in the way. */
export function renderAttributes(
  plan: AttributePlan,
  schema: readonly AttributeSchema[],
  category: string,
  references: References,
): { readonly attributes: Readonly<Record<string, readonly AttributeValue[]>>; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = plan.unknown.map((name) => ({
    severity: 'warning',
    path: `attributes.${name}`,
    code: 'ozon.attribute-unknown',
    params: { name },
  }));
  const attributes: Record<string, readonly AttributeValue[]> = {};
  for (const { schema: attribute, value } of plan.fillings) {
    const found = attribute.id === ATTRIBUTE.hashtags ? tags(value) : valuesOf(attribute, value, category, references);
    diagnostics.push(...found.diagnostics);
    if (found.values.length > 0) attributes[attribute.id] = found.values;
  }
  for (const attribute of schema) {
    const elsewhere = ELSEWHERE.has(attribute.id) || attribute.complexId !== '';
    if (!attribute.required || elsewhere || attributes[attribute.id] !== undefined) continue;
    const told = diagnostics.some((found) => found.severity === 'error' && found.path === `attributes.${attribute.id}`);
    if (told) continue;
    diagnostics.push({ severity: 'error', path: `attributes.${attribute.id}`, code: 'ozon.attribute-required', params: { name: attribute.name } });
  }
  return { attributes: attributesInOrder(attributes), diagnostics };
}

function tags(value: MasterAttribute): { readonly values: readonly AttributeValue[]; readonly diagnostics: readonly Diagnostic[] } {
  const { text, dropped } = hashtags(typeof value === 'string' ? value : textsOf(value));
  const diagnostics: readonly Diagnostic[] = dropped.map((tag) => ({
    severity: 'warning',
    path: `attributes.${ATTRIBUTE.hashtags}`,
    code: 'ozon.hashtag-dropped',
    params: { tag },
  }));
  return { values: text === '' ? [] : [{ text }], diagnostics };
}
