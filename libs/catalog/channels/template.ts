import type { AttributeValue, ProductDocument } from '../document/product-document.js';

/** A pattern taken apart: texts, values by name, and parts that vanish whole when a value in them is missing. */
export type TemplatePart = { readonly text: string } | { readonly name: string } | { readonly optional: readonly TemplatePart[] };

export class BrokenTemplate extends Error {
  override readonly name = 'BrokenTemplate';
}

const TOKEN = /\{([^{}[\]]+)\}|\[|\]|[^{}[\]]+|[{}]/gu;

/**
 * Reads a pattern: `{brand} {title}[, {Цвет}]`. Braces name a field of the product or an attribute; a part in brackets is left out
 * when one of its values is missing. @throws BrokenTemplate for a brace or bracket that is not closed
 */
export function parseTemplate(pattern: string): readonly TemplatePart[] {
  const whole: TemplatePart[] = [];
  let optional: TemplatePart[] | undefined;
  for (const [token, name] of pattern.matchAll(TOKEN)) {
    if (name !== undefined && name.trim() !== '') (optional ?? whole).push({ name: name.trim() });
    else if (token === '[' && optional === undefined) optional = [];
    else if (token === ']' && optional !== undefined) {
      whole.push({ optional });
      optional = undefined;
    } else if (/^[{}[\]]/.test(token)) throw new BrokenTemplate(token);
    else (optional ?? whole).push({ text: token });
  }
  if (optional !== undefined) throw new BrokenTemplate('[');
  return whole;
}

export interface RenderedTemplate {
  /** Undefined when no value at all was there: the master's own text stands. */
  readonly text: string | undefined;
  /** Names outside of brackets that had no value. */
  readonly missing: readonly string[];
}

type Source = Pick<ProductDocument, 'sku' | 'title' | 'description' | 'brand' | 'country' | 'category' | 'attributes' | 'model'>;

/** Fills a template with the product's values; pure. Gaps leave no doubled spaces and no separators hanging at an end. */
export function renderTemplate(parts: readonly TemplatePart[], product: Source): RenderedTemplate {
  const missing: string[] = [];
  let filled = 0;
  const textOf = (part: TemplatePart, note: (name: string) => void): string => {
    if ('text' in part) return part.text;
    if ('optional' in part) {
      let gap = false;
      const inside = part.optional.map((inner) => textOf(inner, () => (gap = true))).join('');
      return gap ? '' : inside;
    }
    const value = valueOf(part.name, product);
    if (value === undefined) note(part.name);
    else filled++;
    return value ?? '';
  };
  const text = tidy(parts.map((part) => textOf(part, (name) => missing.push(name))).join(''));
  const named = parts.some((part) => !('text' in part));
  return { text: (named && filled === 0) || text === '' ? undefined : text, missing };
}

/** The names of a pattern, each once. */
export function templateNames(parts: readonly TemplatePart[]): string[] {
  return [...new Set(parts.flatMap((part) => ('name' in part ? [part.name] : 'optional' in part ? templateNames(part.optional) : [])))];
}

const FIELDS: Readonly<Record<string, (product: Source) => string | undefined>> = {
  sku: (p) => p.sku,
  title: (p) => p.title,
  description: (p) => p.description || undefined,
  brand: (p) => p.brand,
  country: (p) => p.country,
  category: (p) => p.category.split(' / ').at(-1) || undefined,
  model: (p) => p.model?.title,
};

/** Fields of a product that a template can name; every other name is an attribute's. */
export const TEMPLATE_NAMES: readonly string[] = Object.keys(FIELDS);

function valueOf(name: string, product: Source): string | undefined {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field) return field(product);
  const value = Object.hasOwn(product.attributes, name) ? product.attributes[name] : undefined;
  return value === undefined ? undefined : attributeText(value);
}

function attributeText(value: AttributeValue): string | undefined {
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return (value as readonly string[]).join(', ');
  const { value: amount, unit } = value as { value: number; unit?: string };
  return [String(amount).replace('.', ','), unit].filter(Boolean).join(' ');
}

function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ +([,.;:!?)])/g, '$1')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/^[\s,;:·|/–—-]+|[\s,;:·|/–—-]+$/g, '');
}
