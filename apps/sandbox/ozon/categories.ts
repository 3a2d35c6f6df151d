import { createRequire } from 'node:module';
import type treeData from './data/category-tree.json';
import type attributeData from './data/attributes.json';

/*
 * Category tree: ids and names of 134 types of the real tree. Attribute schemas are invented, except for the ids every
 * integration knows by heart (85, 4180, 4191, 4389, 9024, 9048, 10096, 10400, 11254, 23171); invented attribute ids
 * start at 9 000 001, dictionaries at 9 500 001, dictionary values at 90 010 001. A type belongs to a family; a family
 * lists attribute keys: `key!` is required in that family, `key*` is left out for about half of its types.
 * The schema of a type depends on nothing but its id.
 */

// `import … with { type: 'json' }` warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);
const tree = load('./data/category-tree.json') as typeof treeData;
const source = load('./data/attributes.json') as typeof attributeData as unknown as AttributeSource;

interface RawAttribute {
  id: number;
  name: string;
  type: string;
  group: string;
  description?: string;
  required?: boolean;
  aspect?: boolean;
  collection?: boolean;
  dictionary?: string;
  max_values?: number;
  range?: [number, number, number];
}

interface AttributeSource {
  families: Record<string, string[]>;
  types: Record<string, number[]>;
  attributes: Record<string, RawAttribute>;
  dictionaries: Record<string, { id: number; values: [number, string][] }>;
}

export interface DictionaryValue {
  id: number;
  value: string;
}

/** One attribute of a type. `range` is [minimum, maximum, step] of believable numbers; nothing enforces it. */
export interface AttributeSchema {
  id: number;
  name: string;
  description: string;
  type: 'String' | 'Integer' | 'Decimal' | 'Boolean';
  required: boolean;
  aspect: boolean;
  collection: boolean;
  maxValues: number;
  dictionaryId: number;
  groupId: number;
  groupName: string;
  range?: readonly [number, number, number];
}

export interface CategoryType {
  rootId: number;
  rootName: string;
  categoryId: number;
  categoryName: string;
  typeId: number;
  typeName: string;
  family: string;
}

const BASE_REQUIRED = new Set([85, 9048]);

const familyOf = new Map<number, string>();
for (const [family, ids] of Object.entries(source.types)) for (const id of ids) familyOf.set(id, family);

const types: CategoryType[] = tree.flatMap((root) =>
  root.children.flatMap((category) =>
    category.types.map((type) => ({
      rootId: root.id,
      rootName: root.name,
      categoryId: category.id,
      categoryName: category.name,
      typeId: type.id,
      typeName: type.name,
      family: familyOf.get(type.id) ?? 'home-decor',
    })),
  ),
);
const byType = new Map(types.map((t) => [t.typeId, t]));
const categoryIds = new Set(types.map((t) => t.categoryId));
const dictionaries = new Map(Object.values(source.dictionaries).map((d) => [d.id, d.values.map(([id, value]) => ({ id, value }))]));
const dictionaryValues = new Map([...dictionaries].map(([id, values]) => [id, new Map(values.map((v) => [v.id, v]))]));
const schemas = new Map<number, AttributeSchema[]>();

/** Every type that goods can be listed under. */
export function allTypes(): readonly CategoryType[] {
  return types;
}

export function findType(typeId: number): CategoryType | undefined {
  return byType.get(typeId);
}

export function isCategory(categoryId: number): boolean {
  return categoryIds.has(categoryId);
}

/** The attributes of a type, in the order the channel lists them; empty for an unknown type. */
export function attributeSchema(typeId: number): readonly AttributeSchema[] {
  const known = schemas.get(typeId);
  if (known) return known;
  const type = byType.get(typeId);
  const built = type ? buildSchema(type) : [];
  if (type) schemas.set(typeId, built);
  return built;
}

export function attributeOf(typeId: number, attributeId: number): AttributeSchema | undefined {
  return attributeSchema(typeId).find((a) => a.id === attributeId);
}

export function dictionary(dictionaryId: number): readonly DictionaryValue[] {
  return dictionaries.get(dictionaryId) ?? [];
}

export function dictionaryValue(dictionaryId: number, valueId: number): DictionaryValue | undefined {
  return dictionaryValues.get(dictionaryId)?.get(valueId);
}

/** The tree as the channel answers it. */
export function treeAnswer(): object[] {
  return tree.map((root) => ({
    description_category_id: root.id,
    category_name: root.name,
    disabled: false,
    children: root.children.map((category) => ({
      description_category_id: category.id,
      category_name: category.name,
      disabled: false,
      children: category.types.map((type) => ({ type_id: type.id, type_name: type.name, disabled: false, children: [] })),
    })),
  }));
}

function buildSchema(type: CategoryType): AttributeSchema[] {
  const out: AttributeSchema[] = [];
  for (const entry of source.families[type.family] ?? []) {
    const key = entry.replace(/[!*]$/, '');
    const raw = source.attributes[key];
    if (!raw) continue;
    if (entry.endsWith('*') && (type.typeId * 31 + raw.id) % 2 === 0) continue;
    const dict = raw.dictionary ? source.dictionaries[raw.dictionary] : undefined;
    out.push({
      id: raw.id,
      name: raw.name,
      description: raw.description ?? '',
      type: raw.type as AttributeSchema['type'],
      required: raw.required === true || entry.endsWith('!') || BASE_REQUIRED.has(raw.id),
      aspect: raw.aspect === true,
      collection: raw.collection === true,
      maxValues: raw.max_values ?? 0,
      dictionaryId: dict?.id ?? 0,
      groupId: raw.group === 'Общие' ? 9_400_001 : 9_400_002,
      groupName: raw.group,
      range: raw.range,
    });
  }
  return out;
}
