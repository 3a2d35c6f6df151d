import { readFileSync } from 'node:fs';

export type Schema = Readonly<Record<string, unknown>>;

export interface SpecOperation {
  /** Of a JSON body. */
  readonly asked?: Schema;
  /** By status; only what is answered as JSON. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** Operations by verb and path ("POST /content/v2/cards/upload"). */
export type Spec = ReadonlyMap<string, SpecOperation>;

/** A shape in short form: a kind, "@name" for a shape kept under a name, "a|b" for one of these words, "=a" for this one, [x] for a list, an object; "key!" is required, "kind?" (or a member "?") may be null. */
type Short = string | readonly [Short] | { readonly [key: string]: Short | number | readonly Short[] };
type Shapes = Readonly<Record<string, Short>>;

const KINDS: Readonly<Record<string, Schema>> = {
  text: { type: 'string' },
  int: { type: 'integer' },
  num: { type: 'number' },
  flag: { type: 'boolean' },
  object: { type: 'object' },
  any: {},
};

/** Operations written down in short form, a file each. `named`: a file of shapes that several of them share. */
export function shortSpec(files: readonly URL[], named?: URL): Spec {
  const shapes = named ? (JSON.parse(readFileSync(named, 'utf8')) as Shapes) : {};
  const read = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, { ask?: Short; answers: Record<string, Short> }>);
  return new Map(
    read.flatMap((file) =>
      Object.entries(file).map(([name, { ask, answers }]): [string, SpecOperation] => [
        name,
        {
          asked: ask === undefined ? undefined : expand(ask, shapes),
          answers: Object.fromEntries(Object.entries(answers).map(([status, shape]) => [status, expand(shape, shapes)])),
        },
      ]),
    ),
  );
}

function expand(shape: Short, shapes: Shapes): Schema {
  if (typeof shape === 'string') return word(shape, shapes);
  if (Array.isArray(shape)) return { type: 'array', items: expand(shape[0] as Short, shapes) };
  const { ['?']: nullable, ...rest } = shape as Record<string, Short>;
  const members = Object.entries(rest);
  const [only] = members;
  if (members.length === 1 && only?.[0] === 'oneOf') return { anyOf: (only[1] as unknown as Short[]).map((one) => expand(one, shapes)) };
  const schema = {
    type: 'object',
    properties: Object.fromEntries(members.map(([key, inner]) => [key.replace('!', ''), expand(inner, shapes)])),
    required: members.filter(([key]) => key.endsWith('!')).map(([key]) => key.slice(0, -1)),
    additionalProperties: false,
  };
  return nullable === undefined ? schema : { anyOf: [schema, { type: 'null' }] };
}

function word(text: string, shapes: Shapes): Schema {
  if (text.endsWith('?')) return { anyOf: [word(text.slice(0, -1), shapes), { type: 'null' }] };
  if (text.startsWith('@')) {
    const shape = shapes[text.slice(1)];
    if (shape === undefined) throw new Error(`no shape is called "${text}"`);
    return expand(shape, shapes);
  }
  if (text.startsWith('=')) return { const: text.slice(1) };
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

/** Operations of documents of OpenAPI 3.0. `kept` names keywords beside types, words and members that count. */
export function openApiSpec(documents: readonly object[], kept: readonly string[] = []): Spec {
  const operations = new Map<string, SpecOperation>();
  for (const document of documents as readonly Document[]) {
    const schemaOf = (part: Content | undefined): Schema | undefined => {
      const found = Object.entries((resolved(part, document) as Content | undefined)?.content ?? {}).find(([type]) => type.includes('json'));
      return found ? (closed(found[1].schema, document, kept, 0) as Schema) : undefined;
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

/** A schema of OpenAPI 3.0 as plain JSON Schema: references followed, `allOf` made one, `nullable` spelled out, objects with members closed. */
function closed(value: unknown, document: object, kept: readonly string[], depth: number): unknown {
  const schema = resolved(value, document);
  if (typeof schema !== 'object' || schema === null || depth > DEEPEST) return {};
  const { nullable, allOf, oneOf, anyOf, properties, items, required, type, enum: words } = schema as Record<string, unknown>;
  const inner = (part: unknown): unknown => closed(part, document, kept, depth + 1);
  const parts = (oneOf ?? anyOf) as unknown[] | undefined;
  let plain: Record<string, unknown> = { ...(type === undefined ? {} : { type }), ...(words === undefined || type !== 'string' ? {} : { enum: words }) };
  for (const name of kept) if (name in schema) plain[name] = (schema as Record<string, unknown>)[name];
  for (const part of Array.isArray(allOf) ? (allOf.map(inner) as Record<string, unknown>[]) : []) plain = merged(plain, part);
  if (parts) plain['anyOf'] = parts.map(inner);
  if (items !== undefined) plain['items'] = inner(items);
  if (properties !== undefined) {
    const own = Object.fromEntries(Object.entries(properties as object).map(([name, part]) => [name, inner(part)]));
    plain = merged(plain, { type: 'object', properties: own, additionalProperties: false, ...(Array.isArray(required) ? { required } : {}) });
  }
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}

/** Members and required ones of both. */
function merged(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  const properties = a['properties'] || b['properties'] ? { properties: { ...(a['properties'] as object), ...(b['properties'] as object) } } : {};
  const needed = [...((a['required'] as string[] | undefined) ?? []), ...((b['required'] as string[] | undefined) ?? [])];
  return { ...a, ...b, ...properties, ...(needed.length > 0 ? { required: needed } : {}) };
}
