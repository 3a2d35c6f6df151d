import { attributeSchema, dictionary, dictionaryValue, type AttributeSchema } from './categories.js';
import { contentError, warning } from './content-errors.js';
import { ATTR_DESCRIPTION, ATTR_HASHTAGS, ATTR_RICH, ATTR_TITLE, type Attribute, type AttributeValue, type CardError } from './model.js';
import { cleanDescription, cleanLine } from './text.js';

/** An attribute as a request carries it. */
export interface AttributeInput {
  id?: number;
  complex_id?: number;
  values?: { dictionary_value_id?: number; value?: string }[];
}

export interface ReadAttributes {
  attributes: Attribute[];
  errors: CardError[];
}

const FREE_TEXT_LIMIT = 60_000;
const COUNT_ATTRIBUTE = 'Единиц в одном товаре';

/**
 * Reads attributes against the schema of a type: dictionary values must exist, numbers must be numbers; a value that does
 * not fit an optional attribute is erased with a warning, one that is outside its dictionary refuses the whole item.
 */
export function readAttributes(typeId: number, inputs: readonly AttributeInput[]): ReadAttributes {
  const schema = new Map(attributeSchema(typeId).map((a) => [a.id, a]));
  const attributes: Attribute[] = [];
  const errors: CardError[] = [];
  for (const input of inputs) {
    const known = schema.get(input.id ?? 0);
    if (!known) {
      errors.push(erased(input.id ?? 0, ''));
      continue;
    }
    const values: AttributeValue[] = [];
    for (const value of input.values ?? []) {
      const read = readValue(known, value.dictionary_value_id ?? 0, value.value ?? '');
      if (typeof read === 'object') values.push(read);
      else if (read === 'erased') errors.push(erased(known.id, known.name));
      else if (read === 'refused') errors.push(of('error_attribute_values_out_of_range', known));
    }
    if (values.length > 1 && !known.collection) errors.push(of('ATTRIBUTE_VALUE_COUNT_EXCEEDED', known));
    else if (known.maxValues > 0 && values.length > known.maxValues) errors.push(of('ATTRIBUTE_VALUE_COUNT_EXCEEDED', known));
    if (values.length > 0) attributes.push({ id: known.id, complex_id: input.complex_id ?? 0, values });
  }
  return { attributes, errors };
}

/** Errors for required attributes that a full set of attributes lacks. */
export function missingRequired(typeId: number, attributes: readonly Attribute[]): CardError[] {
  const present = new Set(attributes.map((a) => a.id));
  return attributeSchema(typeId)
    .filter((a) => a.required && !present.has(a.id))
    .map((a) => of('error_attribute_values_empty', a));
}

/** What the channel fills by itself in a full set of attributes. */
export function withDefaults(typeId: number, attributes: Attribute[]): { attributes: Attribute[]; defaults: number[] } {
  const present = new Set(attributes.map((a) => a.id));
  const count = attributeSchema(typeId).find((a) => a.name === COUNT_ATTRIBUTE);
  if (!count || present.has(count.id)) return { attributes, defaults: [] };
  const filled = { id: count.id, complex_id: 0, values: [{ dictionary_value_id: 0, value: '1' }] };
  return { attributes: [...attributes, filled], defaults: [count.id] };
}

function readValue(schema: AttributeSchema, valueId: number, text: string): AttributeValue | 'erased' | 'refused' | 'empty' {
  if (schema.dictionaryId !== 0) {
    if (valueId === 0 && text.trim() === '') return 'empty';
    const known =
      valueId !== 0 ? dictionaryValue(schema.dictionaryId, valueId) : dictionary(schema.dictionaryId).find((v) => v.value.toLowerCase() === cleanLine(text).toLowerCase());
    return known ? { dictionary_value_id: known.id, value: known.value } : 'refused';
  }
  if (text.trim() === '') return 'empty';
  if (text.length > FREE_TEXT_LIMIT) return 'erased';
  const value = freeValue(schema, text);
  return value === undefined ? 'erased' : { dictionary_value_id: 0, value };
}

function freeValue(schema: AttributeSchema, text: string): string | undefined {
  const line = cleanLine(text);
  switch (schema.type) {
    case 'Integer':
      return /^-?\d{1,15}$/.test(line) ? line : undefined;
    case 'Decimal':
      return /^-?\d{1,12}([.,]\d{1,6})?$/.test(line) ? line.replace(',', '.') : undefined;
    case 'Boolean':
      return line === 'true' || line === 'false' ? line : undefined;
    default:
      return freeText(schema.id, text, line);
  }
}

function freeText(id: number, text: string, line: string): string | undefined {
  if (id === ATTR_DESCRIPTION) return cleanDescription(text);
  if (id === ATTR_TITLE) return line;
  if (id === ATTR_RICH) return isRichContent(text) ? text.trim() : undefined;
  if (id === ATTR_HASHTAGS) return line.split(' ').every((tag) => /^#[\p{L}\p{N}_]+$/u.test(tag)) ? line : undefined;
  return line;
}

function isRichContent(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'content' in parsed && Array.isArray(parsed.content);
  } catch {
    return false;
  }
}

function of(code: string, schema: AttributeSchema): CardError {
  return contentError(code, { field: 'attributes', attributeId: schema.id, attributeName: schema.name });
}

function erased(attributeId: number, attributeName: string): CardError {
  return warning('erased_attribute_value', { field: 'attributes', attributeId, attributeName });
}
