import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Schema = Record<string, unknown>;

export interface SpecOperation {
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Schema }> }>;
}

export interface OzonSpec {
  readonly paths: Record<string, Record<string, SpecOperation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const OFFICIAL = resolve('../shared/specs/ozon/ozon-seller-openapi.2026-09.reconstructed.json');
const OWN = new URL('./ozon/', import.meta.url);

/**
 * The schemas of Ozon's methods: ours, written from docs/channels/ozon.md in a short form (see `expand`), and the official ones when
 * they lie beside the project.
 */
export function ozonSpecs(): readonly (readonly [string, OzonSpec])[] {
  const own = ['our own', ownSpec()] as const;
  if (existsSync(OFFICIAL)) return [own, ['the official', JSON.parse(readFileSync(OFFICIAL, 'utf8')) as OzonSpec]];
  process.stdout.write('skipped: the official Ozon schemas are not beside the project; our own are checked\n');
  return [own];
}

/** A shape in short form: the name of a kind, "a|b" for one of these words, [x] for a list, an object; "key!" is required, "kind?" may be null. */
type Short = string | readonly [Short] | { readonly [key: string]: Short };

interface Method {
  readonly verb?: string;
  readonly ask?: Short;
  readonly answer: Short;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, OWN), 'utf8'));

function ownSpec(): OzonSpec {
  const shapes = read('shapes.json') as Record<string, Short>;
  const methods = Object.assign({}, ...['cabinet.json', 'content.json', 'offers.json'].map(read)) as Record<string, Method>;
  const json = (schema: Schema) => ({ 'application/json': { schema } });
  return {
    paths: Object.fromEntries(
      Object.entries(methods).map(([path, { verb = 'post', ask, answer }]) => [
        path,
        { [verb]: { ...(ask === undefined ? {} : { requestBody: { content: json(expand(ask)) } }), responses: { '200': { content: json(expand(answer)) } } } },
      ]),
    ),
    components: { schemas: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, expand(shape)])) },
  };
}

/** Ids are numbers in some answers and decimal texts in others. */
const KINDS: Readonly<Record<string, Schema>> = {
  text: { type: 'string' },
  int: { type: 'integer' },
  num: { type: 'number' },
  flag: { type: 'boolean' },
  id: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?\\d+$' }] },
  any: {},
};

function expand(shape: Short): Schema {
  if (typeof shape === 'string') return word(shape);
  if (Array.isArray(shape)) return { type: 'array', items: expand(shape[0] as Short) };
  const members = Object.entries(shape as { readonly [key: string]: Short });
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(([key, inner]) => [key.replace('!', ''), expand(inner)])),
    required: members.filter(([key]) => key.endsWith('!')).map(([key]) => key.slice(0, -1)),
  };
}

function word(text: string): Schema {
  if (text.endsWith('?')) return { anyOf: [word(text.slice(0, -1)), { type: 'null' }] };
  if (text.startsWith('@')) return { $ref: `#/components/schemas/${text.slice(1)}` };
  if (text.includes('|')) return { type: 'string', enum: text.split('|') };
  const kind = KINDS[text];
  if (!kind) throw new Error(`a schema names the kind "${text}", which is not known`);
  return kind;
}
