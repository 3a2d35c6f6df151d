import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

export type Schema = Readonly<Record<string, unknown>>;

export interface SpecOperation {
  /** Of a JSON body. */
  readonly asked?: Schema;
  /** By status; only what is answered as JSON. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** Operations by verb and path ("POST /content/v2/cards/upload"). */
export type Spec = ReadonlyMap<string, SpecOperation>;

const OFFICIAL = resolve('../shared/specs/wildberries');
const OFFICIAL_FILES = ['01-general', '02-items', '11-analytics', '12-reports'];
const OWN_FILES = ['content', 'prices', 'marketplace', 'reports'];

/** Shapes of Wildberries' methods: ours in a short form (see `expand`), and the official schemas when they lie beside the project. */
export function wildberriesSpecs(): readonly (readonly [string, Spec])[] {
  const own = ['our own', ownSpec()] as const;
  if (existsSync(OFFICIAL)) return [own, ['the official', officialSpec()]];
  process.stdout.write('skipped: the official Wildberries schemas are not beside the project; our own are checked\n');
  return [own];
}

/** A shape in short form: a kind, "a|b" for one of these words, [x] for a list, an object; "key!" is required, "kind?" (or a member "?") may be null. */
type Short = string | readonly [Short] | { readonly [key: string]: Short | number | readonly Short[] };

function ownSpec(): Spec {
  const files = OWN_FILES.map(
    (name) => JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as Record<string, { ask?: Short; answers: Record<string, Short> }>,
  );
  return new Map(
    files.flatMap((file) =>
      Object.entries(file).map(([name, { ask, answers }]): [string, SpecOperation] => [
        name,
        { asked: ask === undefined ? undefined : expand(ask), answers: Object.fromEntries(Object.entries(answers).map(([status, shape]) => [status, expand(shape)])) },
      ]),
    ),
  );
}

const KINDS: Readonly<Record<string, Schema>> = {
  text: { type: 'string' },
  int: { type: 'integer' },
  num: { type: 'number' },
  flag: { type: 'boolean' },
  object: { type: 'object' },
  any: {},
};

function expand(shape: Short): Schema {
  if (typeof shape === 'string') return word(shape);
  if (Array.isArray(shape)) return { type: 'array', items: expand(shape[0] as Short) };
  const { ['?']: nullable, ...rest } = shape as Record<string, Short>;
  const members = Object.entries(rest);
  const [only] = members;
  if (members.length === 1 && only?.[0] === 'oneOf') return { anyOf: (only[1] as unknown as Short[]).map(expand) };
  const schema = {
    type: 'object',
    properties: Object.fromEntries(members.map(([key, inner]) => [key.replace('!', ''), expand(inner)])),
    required: members.filter(([key]) => key.endsWith('!')).map(([key]) => key.slice(0, -1)),
    additionalProperties: false,
  };
  return nullable === undefined ? schema : { anyOf: [schema, { type: 'null' }] };
}

function word(text: string): Schema {
  if (text.endsWith('?')) return { anyOf: [word(text.slice(0, -1)), { type: 'null' }] };
  if (text.includes('|')) return { type: 'string', enum: text.split('|') };
  const kind = KINDS[text];
  if (!kind) throw new Error(`no kind of value is called "${text}"`);
  return kind;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: Content; readonly responses?: Readonly<Record<string, Content>> }>>>>;
}

function officialSpec(): Spec {
  const operations = new Map<string, SpecOperation>();
  for (const file of OFFICIAL_FILES) {
    const document = parse(readFileSync(`${OFFICIAL}/${file}.yaml`, 'utf8')) as Document;
    const schemaOf = (part: Content | undefined): Schema | undefined => {
      const found = Object.entries((resolved(part, document) as Content | undefined)?.content ?? {}).find(([type]) => type.includes('json'));
      return found ? (closed(found[1].schema, document, 0) as Schema) : undefined;
    };
    for (const [path, verbs] of Object.entries(document.paths)) {
      for (const [verb, { requestBody, responses }] of Object.entries(verbs)) {
        if (responses === undefined) continue;
        const answers = Object.entries(responses).flatMap(([status, answer]): [string, Schema][] => {
          const schema = schemaOf(answer);
          return schema ? [[status, schema]] : [];
        });
        operations.set(`${verb.toUpperCase()} ${path}`, { asked: schemaOf(requestBody), answers: Object.fromEntries(answers) });
      }
    }
  }
  return operations;
}

function resolved(value: unknown, document: object): unknown {
  let found = value;
  while (typeof found === 'object' && found !== null && '$ref' in found) {
    found = String(found.$ref)
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key.replace('~1', '/')], document);
  }
  return found;
}

const DEEPEST = 30;

/** A schema of OpenAPI 3.0 as plain JSON Schema: references followed, `nullable` spelled out, objects with members closed. */
function closed(value: unknown, document: object, depth: number): unknown {
  const schema = resolved(value, document);
  if (typeof schema !== 'object' || schema === null || depth > DEEPEST) return {};
  const { nullable, allOf, oneOf, anyOf, properties, items, required, type, enum: words } = schema as Record<string, unknown>;
  const inner = (part: unknown): unknown => closed(part, document, depth + 1);
  const parts = (oneOf ?? anyOf) as unknown[] | undefined;
  const plain: Record<string, unknown> = { ...(type === undefined ? {} : { type }), ...(words === undefined || type !== 'string' ? {} : { enum: words }) };
  if (Array.isArray(allOf)) Object.assign(plain, ...allOf.map(inner));
  if (parts) plain['anyOf'] = parts.map(inner);
  if (items !== undefined) plain['items'] = inner(items);
  if (properties !== undefined) {
    plain['properties'] = Object.fromEntries(Object.entries(properties as object).map(([name, part]) => [name, inner(part)]));
    plain['type'] ??= 'object';
    plain['additionalProperties'] = false;
    if (Array.isArray(required)) plain['required'] = required;
  }
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}
