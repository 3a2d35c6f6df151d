import { type Doc, Unsupported, readDoc, readFlag, readId, readKey, readNumber, readPresentList, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { EndpointName, WildberriesClient } from './wildberries.client.js';
import { readWarehouses } from './wildberries.stock-reading.js';
import type { Subject } from './wildberries.subjects.js';

/** One characteristic of a subject. `maxCount` 0 is unlimited; `named` travels in a member of its own. */
export interface Characteristic {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly unit: string;
  readonly maxCount: number;
  readonly type: 'texts' | 'number' | 'unused';
  readonly named: boolean;
}

/** Documents are plain JSON, so that they can be cached anywhere under these keys. */
export const referenceKey = {
  subjects: 'subjects',
  warehouses: 'warehouses',
  characteristics: (subject: string) => `charcs:${subject}`,
  directory: (name: Directory) => `directory:${name}`,
  tnved: (subject: string) => `tnved:${subject}`,
} as const;

/** Lists of permitted values that hold for all subjects, and the member that holds a value ('' where the value stands alone). */
const DIRECTORIES = {
  colors: { endpoint: 'colors', member: 'name' },
  kinds: { endpoint: 'kinds', member: '' },
  seasons: { endpoint: 'seasons', member: '' },
  vat: { endpoint: 'vat', member: '' },
  countries: { endpoint: 'countries', member: 'name' },
} as const satisfies Record<string, { endpoint: EndpointName; member: string }>;
export type Directory = keyof typeof DIRECTORIES;

const SUBJECTS_PAGE = 1000;

/** Fetches reference documents by key. Throws `Unsupported` for a key that `needs` never names. */
export async function fetchReferences(client: WildberriesClient, keys: readonly string[], run: Run): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const key of keys) found.set(key, await fetchOne(client, key, run));
  return found;
}

async function fetchOne(client: WildberriesClient, key: string, run: Run): Promise<unknown> {
  const [kind, rest = ''] = key.split(':');
  if (kind === 'subjects') return subjects(client, run);
  if (kind === 'warehouses') return readWarehouses(client, run);
  if (kind === 'charcs') return characteristics(client, rest, run);
  if (kind === 'tnved') return rows(client, 'tnved', { subjectID: rest, locale: 'ru' }, run, (doc) => readText(readDoc(doc, 'tnved')['tnved']));
  if (kind === 'directory' && rest in DIRECTORIES) {
    const { endpoint, member } = DIRECTORIES[rest as Directory];
    return rows(client, endpoint, { locale: 'ru' }, run, (value) => (member === '' ? readText(value) : readText(readDoc(value, rest)[member])));
  }
  throw new Unsupported(`Wildberries has no reference data "${key}"`);
}

async function rows<T>(
  client: WildberriesClient,
  name: EndpointName,
  query: Readonly<Record<string, string | number>>,
  run: Run,
  read: (value: unknown) => T,
): Promise<readonly T[]> {
  const { body } = await client.call(name, { query }, run);
  return readPresentList(readDoc(body, name)['data'], name).map(read);
}

async function subjects(client: WildberriesClient, run: Run): Promise<readonly Subject[]> {
  const all: Subject[] = [];
  for (;;) {
    const page = await rows(client, 'subjects', { locale: 'ru', limit: SUBJECTS_PAGE, offset: all.length }, run, subjectOf);
    all.push(...page);
    if (page.length < SUBJECTS_PAGE) return all;
  }
}

function subjectOf(value: unknown): Subject {
  const doc = readDoc(value, 'subjects');
  return { id: readKey(doc['subjectID'], 'subjects.subjectID'), name: readText(doc['subjectName']), parent: readText(doc['parentName']) };
}

async function characteristics(client: WildberriesClient, subject: string, run: Run): Promise<readonly Characteristic[]> {
  const { body } = await client.call('characteristics', { id: subject, query: { locale: 'ru' } }, run);
  return readPresentList(readDoc(body, 'characteristics')['data'], 'characteristics').map((value) => characteristicOf(readDoc(value, 'characteristics')));
}

const TYPES: Readonly<Record<number, Characteristic['type']>> = { 0: 'unused', 1: 'texts', 4: 'number' };

function characteristicOf(doc: Doc): Characteristic {
  return {
    id: readId(doc['charcID'], 'characteristics.charcID'),
    name: readText(doc['name']),
    required: readFlag(doc['required']),
    unit: readText(doc['unitName']),
    maxCount: readNumber(doc['maxCount'], 'characteristics.maxCount'),
    // A type nobody has documented is sent as texts, the usual one.
    type: TYPES[readNumber(doc['charcType'], 'characteristics.charcType')] ?? 'texts',
    named: readFlag(doc['existNamedField']),
  };
}
