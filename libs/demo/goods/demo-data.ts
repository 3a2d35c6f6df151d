import { createRequire } from 'node:module';
import type goodsJson from '../data/goods.json';
import type schemasJson from '../data/attribute-schemas.json';
import type shapesJson from '../data/shapes.json';
import type textsJson from '../data/texts.json';

// A JSON import with an attribute warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);

export type Range = readonly [low: number, high: number, step: number];

/** One kind of goods that the demo sells: prices in whole roubles, weight in grams, package size in millimetres. */
export interface Goods {
  readonly type: number;
  readonly noun: string;
  readonly tags: readonly string[];
  readonly shape: string;
  readonly price: readonly [number, number];
  readonly weight: readonly [number, number];
  readonly size: readonly [number, number, number];
  readonly traits: readonly string[];
  readonly ranges?: Readonly<Record<string, Range>>;
  readonly options?: Readonly<Record<string, readonly string[]>>;
  readonly texts?: Readonly<Record<string, readonly string[]>>;
}

export interface AttributeRule {
  readonly type: 'String' | 'Integer' | 'Decimal' | 'Boolean';
  readonly dictionary?: string;
  /** Present for attributes with several values: how many at most. */
  readonly max?: number;
  readonly range?: Range;
}

interface Schemas {
  readonly dictionaries: Readonly<Record<string, readonly string[]>>;
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  /** Attribute names of a family; "!" at the end: required. */
  readonly families: Readonly<Record<string, readonly string[]>>;
  readonly types: Readonly<Record<string, { readonly path: string; readonly family: string; readonly without?: readonly string[] }>>;
}

interface Texts {
  readonly series: readonly string[];
  readonly openings: readonly string[];
  readonly traitLeads: readonly string[];
  readonly specLeads: readonly string[];
  readonly closings: readonly string[];
  readonly families: Readonly<Record<string, readonly string[]>>;
  readonly free: Readonly<Record<string, readonly string[]>>;
  readonly colours: Readonly<Record<string, readonly string[]>>;
  readonly rgb: Readonly<Record<string, string>>;
  /** Brands that suit a family. */
  readonly brands: Readonly<Record<string, readonly string[]>>;
  /** Dictionary values that suit a family, where not all do. */
  readonly options: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export const goods = load('../data/goods.json') as typeof goodsJson as unknown as readonly Goods[];
export const schemas = load('../data/attribute-schemas.json') as typeof schemasJson as unknown as Schemas;
export const texts = load('../data/texts.json') as typeof textsJson as unknown as Texts;
export const shapes: Readonly<Record<string, string>> = load('../data/shapes.json') as typeof shapesJson;

export interface TypeSchema {
  readonly path: string;
  readonly family: string;
  readonly attributes: readonly { readonly name: string; readonly required: boolean; readonly rule: AttributeRule }[];
}

const known = new Map<number, TypeSchema>();

/** Path, family and attributes of a type of the tree. */
export function typeSchema(type: number): TypeSchema {
  const cached = known.get(type);
  if (cached) return cached;
  const entry = schemas.types[String(type)];
  if (!entry) throw new RangeError(`The demo has no type ${type}`);
  const attributes = (schemas.families[entry.family] ?? []).flatMap((marked) => {
    const name = marked.replace(/!$/, '');
    const rule = schemas.attributes[name];
    return rule && !entry.without?.includes(name) ? [{ name, required: marked.endsWith('!'), rule }] : [];
  });
  const schema = { path: entry.path, family: entry.family, attributes };
  known.set(type, schema);
  return schema;
}
