import { createRequire } from 'node:module';
import type categoryData from './data/categories.json';
import type parameterData from './data/parameters.json';

/*
 * Categories and characteristics of the simulated market. Names are of the trade, ids are invented except two that every
 * integration knows by heart: 200 (the number that joins variants on one card) and 7893318 (brand). A leaf belongs to a
 * family; a family lists its characteristics, `key!` is required in it.
 */

// `import … with { type: 'json' }` warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);
const roots = load('./data/categories.json') as typeof categoryData as readonly Node[];
const source = load('./data/parameters.json') as typeof parameterData as unknown as {
  families: Record<string, string[]>;
  parameters: Record<string, RawParameter>;
  lists: Record<string, [number, string][]>;
};

interface Node {
  id: number;
  name: string;
  family?: string;
  children?: readonly Node[];
}

interface RawParameter {
  id: number;
  name: string;
  type: 'TEXT' | 'ENUM' | 'BOOLEAN' | 'NUMERIC';
  list?: string;
  custom?: boolean;
  required?: boolean;
  filtering?: boolean;
  distinctive?: boolean;
  multivalue?: boolean;
  maxLength?: number;
  /** Id, symbol, name, and how many of the default unit one of it is. */
  units?: [number, string, string, number][];
  defaultUnit?: number;
  range?: [number, number, number];
  recommendation?: 'MAIN' | 'ADDITIONAL' | 'DISTINCTIVE';
}

export interface Parameter extends Omit<RawParameter, 'list' | 'units'> {
  required: boolean;
  units: readonly { id: number; name: string; fullName: string; factor: number }[];
  values: readonly { id: number; value: string }[];
}

export interface Leaf {
  id: number;
  name: string;
  family: string;
  /** Id of the category at the top of its branch. */
  root: number;
}

export const GROUP_PARAMETER = 200;
const ROOT_CATEGORY = 90_401;

const leaves: Leaf[] = roots.flatMap((root) =>
  (root.children ?? []).flatMap((branch) => (branch.children ?? []).map(({ id, name, family = '' }) => ({ id, name, family, root: root.id }))),
);
const byId = new Map(leaves.map((leaf) => [leaf.id, leaf]));
const branches = new Set([ROOT_CATEGORY, ...roots.flatMap((root) => [root.id, ...(root.children ?? []).map((branch) => branch.id)])]);
const everyParameter = new Map(Object.values(source.parameters).map((raw) => [raw.id, parameterOf(raw, false)]));
const families = new Map(Object.entries(source.families).map(([family, keys]) => [family, keys.flatMap((entry) => parametersNamed(entry))]));

export const allLeaves = (): readonly Leaf[] => leaves;

export const findLeaf = (id: number): Leaf | undefined => byId.get(id);

/** There is such a category, and goods cannot be put into it. */
export const isBranch = (id: number): boolean => branches.has(id);

/** The characteristics of a leaf, in the order the market lists them; empty for an unknown one. */
export const parametersOf = (leafId: number): readonly Parameter[] => families.get(byId.get(leafId)?.family ?? '') ?? [];

/** A characteristic of whatever category: ids are the same in all of them. */
export const findParameter = (id: number): Parameter | undefined => everyParameter.get(id);

/** The whole tree as the market answers it. */
export function treeAnswer(): object {
  const plain = ({ id, name, children }: Node): object => ({ id, name, ...(children ? { children: children.map(plain) } : {}) });
  return { id: ROOT_CATEGORY, name: 'Все товары', children: roots.map(plain) };
}

function parametersNamed(entry: string): Parameter[] {
  const raw = source.parameters[entry.replace(/!$/, '')];
  return raw ? [parameterOf(raw, entry.endsWith('!'))] : [];
}

function parameterOf({ list, units = [], ...raw }: RawParameter, requiredHere: boolean): Parameter {
  return {
    ...raw,
    required: requiredHere || raw.required === true,
    units: units.map(([id, name, fullName, factor]) => ({ id, name, fullName, factor })),
    values: list === undefined ? [] : (source.lists[list] ?? []).map(([id, value]) => ({ id, value })),
  };
}
