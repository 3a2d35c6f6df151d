import { createRequire } from 'node:module';
import { seeded } from '../random.js';
import type characteristicData from './data/characteristics.json';
import type directoryData from './data/directories.json';
import type subjectData from './data/subjects.json';

/*
 * Subjects and directories of the simulated market. Names are of the trade, ids are invented except two that every integration
 * knows by heart (14177449 colour, 14177451 country). A subject belongs to a family; a family lists its characteristics.
 */

// `import … with { type: 'json' }` warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);
const parents = load('./data/subjects.json') as typeof subjectData;
const source = load('./data/characteristics.json') as typeof characteristicData as unknown as {
  families: Record<string, string[]>;
  characteristics: Record<string, RawCharacteristic>;
};
export const directories = load('./data/directories.json') as typeof directoryData;

interface RawCharacteristic {
  id: number;
  name: string;
  type: 1 | 4;
  unit?: string;
  max?: number;
  required?: boolean;
  variable?: boolean;
  list?: 'colors' | 'countries' | 'kinds' | 'seasons' | 'vat' | 'tnved';
  usual?: string[];
  range?: [number, number, number];
}

export interface Subject {
  id: number;
  name: string;
  parentId: number;
  parentName: string;
  family: string;
  /** Goods of it come in sizes. */
  sized: boolean;
}

/** One characteristic of a subject. Type 1 is a list of words, 4 one number. */
export interface CharacteristicSchema {
  id: number;
  name: string;
  type: 1 | 4;
  unit: string;
  /** How many words; 0 where there is one number. */
  most: number;
  required: boolean;
  /** Cards of one group must differ in it. */
  variable: boolean;
  /** Words that are believable; nothing enforces them. */
  usual: readonly string[];
  /** Believable numbers: minimum, maximum, step. */
  range: readonly [number, number, number] | undefined;
}

/** Characteristics that are parameters of their own: shown, but never sent among the others. */
export const NAMED: readonly { id: number; name: string }[] = [
  { id: 90_001, name: 'Бренд' },
  { id: 90_002, name: 'Наименование' },
  { id: 90_003, name: 'Описание' },
];

const SIZED = new Set(['clothing', 'shoes']);
const subjects: Subject[] = parents.flatMap((parent) =>
  parent.subjects.map(({ id, name, family }) => ({ id, name, family, parentId: parent.id, parentName: parent.name, sized: SIZED.has(family) })),
);
const byId = new Map(subjects.map((subject) => [subject.id, subject]));
const schemas = new Map<string, readonly CharacteristicSchema[]>();

export const allSubjects = (): readonly Subject[] => subjects;

export const parentSubjects = (): { id: number; name: string }[] => parents.map(({ id, name }) => ({ id, name }));

export const findSubject = (id: number): Subject | undefined => byId.get(id);

/** The characteristics of a subject, in the order the market lists them; empty for an unknown one. */
export function characteristicsOf(subjectId: number): readonly CharacteristicSchema[] {
  const family = byId.get(subjectId)?.family ?? '';
  const known = schemas.get(family);
  if (known) return known;
  const built = (source.families[family] ?? []).flatMap((key) => {
    const raw = source.characteristics[key];
    return raw ? [schemaOf(raw)] : [];
  });
  schemas.set(family, built);
  return built;
}

export function characteristicOf(subjectId: number, id: number): CharacteristicSchema | undefined {
  return characteristicsOf(subjectId).find((one) => one.id === id);
}

/** Customs codes of a subject; the same ones each time. */
export function customsCodes(subject: Subject): { tnved: string; isKiz: boolean }[] {
  const random = seeded('tnved', subject.family);
  return Array.from({ length: 4 }, () => ({ tnved: String(random.int(3_900_000_000, 9_699_999_999)), isKiz: subject.family === 'shoes' }));
}

function schemaOf(raw: RawCharacteristic): CharacteristicSchema {
  const { id, name, type, unit = '', max = 0, required = false, variable = false, range } = raw;
  return { id, name, type, unit, most: max, required, variable, usual: raw.usual ?? listed(raw.list), range };
}

function listed(list: RawCharacteristic['list']): readonly string[] {
  if (list === undefined || list === 'tnved') return [];
  return directories[list].map((entry) => (typeof entry === 'string' ? entry : entry.name));
}
