import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

const FOLDER = resolve('../shared/specs/wildberries');
const FILES = ['01-general', '02-items', '11-analytics', '12-reports'];

export const schemasPresent = existsSync(FOLDER);

export type Schema = Readonly<Record<string, unknown>>;
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>;
}
interface Operation {
  readonly servers: readonly { readonly url: string }[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The official schemas, looked up by method and path as sent. All references are followed: what is left is plain. */
export class OfficialSchemas {
  private readonly documents = FILES.map((file) => parse(readFileSync(`${FOLDER}/${file}.yaml`, 'utf8')) as Document);
  private readonly ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  private readonly compiled = new Map<Schema, ValidateFunction>();

  /** undefined when no official method has this name. */
  operation(method: string, path: string): { readonly operation: Operation; readonly name: string } | undefined {
    for (const document of this.documents) {
      for (const [name, methods] of Object.entries(document.paths)) {
        const found = methods[method.toLowerCase()];
        if (found === undefined || !new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)) continue;
        const operation = resolved(found, document) as Operation;
        const servers = operation.servers ?? (methods['servers'] as Operation['servers'] | undefined) ?? [];
        return { operation: { ...operation, servers }, name };
      }
    }
    return undefined;
  }

  /** What is wrong with a value, one line each: members that the schema does not name are wrong. */
  faults(schema: Schema, value: unknown): readonly string[] {
    const validate = this.compiled.get(schema) ?? this.ajv.compile(closed(schema) as Schema);
    this.compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath.replace(/\/\d+/g, '/*')} ${error.message ?? ''} ${JSON.stringify(error.params)}`);
  }

  /** The official example of a successful answer; made of the examples of its members where there is none for the whole. */
  example(operation: Operation): unknown {
    const answer = operation.responses['200']?.content?.['application/json'];
    return answer?.example ?? sampleOf(answer?.schema);
  }
}

export interface RateLimit {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly bucketKey: string;
  readonly errorWeight4xx: number;
  readonly limits: readonly { readonly tokenType: string | null; readonly intervalMs: number; readonly burst: number }[];
}

export function publishedLimits(): readonly RateLimit[] {
  return (JSON.parse(readFileSync(`${FOLDER}/rate-limits.json`, 'utf8')) as { operations: readonly RateLimit[] }).operations;
}

function resolved(value: unknown, document: Document, depth = 0): unknown {
  if (depth > 40 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => resolved(one, document, depth + 1));
  const reference = (value as Schema)['$ref'];
  if (typeof reference === 'string') {
    const target = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((at, name) => (at as Schema | undefined)?.[name], document);
    return resolved(target, document, depth + 1);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, document, depth + 1)]));
}

/** Objects may have the members they name and no others; `nullable` is how this version of OpenAPI says "or null". */
function closed(value: unknown, merged = false): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => closed(one, merged));
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'properties') out[key] = Object.fromEntries(Object.entries(inner as object).map(([name, of]) => [name, closed(of)]));
    else if (key === 'example' || key === 'examples' || key === 'format' || key === 'description') continue;
    else out[key] = closed(inner, key === 'allOf' || key === 'anyOf' || key === 'oneOf');
  }
  if (out['nullable'] === true && typeof out['type'] === 'string') out['type'] = [out['type'], 'null'];
  if (typeof out['required'] === 'boolean') delete out['required'];
  if ('properties' in out && !merged) out['additionalProperties'] = false;
  return out;
}

function sampleOf(schema: Schema | undefined): unknown {
  if (schema === undefined) return undefined;
  if (schema['example'] !== undefined) return schema['example'];
  if (schema['items'] !== undefined) return [sampleOf(schema['items'] as Schema)];
  const properties = schema['properties'] as Readonly<Record<string, Schema>> | undefined;
  if (properties !== undefined) return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, sampleOf(inner)]));
  const [first] = (schema['oneOf'] ?? schema['allOf'] ?? schema['anyOf'] ?? []) as readonly Schema[];
  if (first !== undefined) return sampleOf(first);
  if (Array.isArray(schema['enum'])) return (schema['enum'] as readonly unknown[])[0];
  return { string: 'text', integer: 1, number: 1, boolean: false, object: {} }[String(schema['type'])];
}
