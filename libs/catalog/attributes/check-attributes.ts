import type { AttributeValue, ProductDocument } from '../document/product-document.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import type { FaultCode, FaultParams } from '../faults/fault-texts.js';
import type { AttributeDeclaration } from './attribute-declaration.js';

export type Declared = ReadonlyMap<string, AttributeDeclaration>;

const NUMBER = /^(-?\d{1,12}(?:[.,]\d{1,9})?)\s*(.*)$/u;
const YES: ReadonlySet<string> = new Set(['да', 'yes', 'true', 'есть', '是']);
const NO: ReadonlySet<string> = new Set(['нет', 'no', 'false', '否']);

/** Writes texts as the declared type where only one reading is possible ("350 мл" → 350 мл, "да" → yes); all else stays as it is. */
export function fitAttributes<D extends Pick<ProductDocument, 'attributes'>>(document: D, declared: Declared): D {
  if (declared.size === 0) return document;
  let changed = false;
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(document.attributes)) {
    const declaration = declared.get(name);
    const fitted = declaration ? fittedValue(value, declaration) : value;
    if (fitted !== value) changed = true;
    attributes[name] = fitted;
  }
  return changed ? { ...document, attributes } : document;
}

function fittedValue(value: AttributeValue, declaration: AttributeDeclaration): AttributeValue {
  const one = typeof value === 'string' ? fittedText(value.trim(), value, declaration) : value;
  if (declaration.multiple && typeof one === 'string') return [one];
  if (!declaration.multiple && Array.isArray(one) && one.length === 1 && typeof one[0] === 'string') return fittedText(one[0].trim(), one[0], declaration);
  if (Array.isArray(one) && declaration.options) return sameList(one as readonly string[], declaration.options);
  return one;
}

function sameList(values: readonly string[], options: readonly string[]): readonly string[] {
  const fitted = values.map((value) => optionLike(value, options) ?? value);
  return fitted.every((value, at) => value === values[at]) ? values : fitted;
}

function fittedText(text: string, value: string, { type, unit, options }: AttributeDeclaration): AttributeValue {
  switch (type) {
    case 'number': {
      const [, amount, given] = NUMBER.exec(text) ?? [];
      if (amount === undefined || (given !== '' && unit !== undefined && given !== unit)) return value;
      const wanted = unit ?? (given === '' ? undefined : given);
      return { value: Number(amount.replace(',', '.')), ...(wanted !== undefined && { unit: wanted }) };
    }
    case 'yes-no':
      return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : value;
    case 'option':
      return optionLike(text, options ?? []) ?? value;
    case 'text':
      return value;
  }
}

function optionLike(text: string, options: readonly string[]): string | undefined {
  return options.find((option) => option === text) ?? options.find((option) => option.toLowerCase() === text.toLowerCase());
}

/** Values that are not of their declared type. An attribute nobody declared is allowed. */
export function wrongAttributes(document: Pick<ProductDocument, 'attributes' | 'overrides'>, declared: Declared): ValidationIssue[] {
  if (declared.size === 0) return [];
  return [
    ...wrongIn(document.attributes, 'attributes', declared),
    ...Object.entries(document.overrides ?? {}).flatMap(([channel, { attributes }]) => wrongIn(attributes ?? {}, `overrides.${channel}.attributes`, declared)),
  ];
}

function wrongIn(attributes: Readonly<Record<string, AttributeValue>>, place: string, declared: Declared): ValidationIssue[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const declaration = declared.get(name);
    const fault = declaration && faultOf(value, declaration);
    return fault ? [issueOf(`${place}.${name}`, value, fault.code, { category: declaration.category, ...fault.params })] : [];
  });
}

function faultOf(value: AttributeValue, declaration: AttributeDeclaration): { code: FaultCode; params?: FaultParams } | undefined {
  const several = Array.isArray(value);
  if (several && !declaration.multiple) return { code: 'attribute-single' };
  const texts: readonly unknown[] = several ? (value as readonly string[]) : [value];
  switch (declaration.type) {
    case 'text':
      return texts.every((text) => typeof text === 'string') ? undefined : { code: 'attribute-text' };
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : { code: 'attribute-yes-no' };
    case 'number': {
      if (several || typeof value !== 'object' || !('value' in value)) return { code: 'attribute-number' };
      return declaration.unit === undefined || value.unit === declaration.unit ? undefined : { code: 'attribute-unit', params: { unit: declaration.unit } };
    }
    case 'option': {
      const options = declaration.options ?? [];
      const wrong = texts.find((text) => typeof text !== 'string' || !options.includes(text));
      if (wrong === undefined) return undefined;
      return { code: 'attribute-option', params: { option: typeof wrong === 'string' ? wrong.slice(0, 60) : JSON.stringify(wrong).slice(0, 60), options: shortList(options) } };
    }
  }
}

function shortList(options: readonly string[]): string {
  const text = options.slice(0, 20).join(', ');
  return options.length > 20 || text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** What a person should look at though it refuses nothing: required attributes that are missing, attributes nobody declared. */
export function attributeHints(document: Pick<ProductDocument, 'category' | 'attributes'>, declared: Declared): ValidationIssue[] {
  const { category } = document;
  const missing = [...declared.values()].filter(({ name, required }) => required && !Object.hasOwn(document.attributes, name));
  const undeclared = declared.size === 0 ? [] : Object.keys(document.attributes).filter((name) => !declared.has(name));
  return [
    ...missing.map(({ name }) => issueOf(`attributes.${name}`, undefined, 'attribute-required', { category })),
    ...undeclared.map((name) => issueOf(`attributes.${name}`, document.attributes[name], 'attribute-undeclared', { category })),
  ];
}
