import { Ajv2020 } from 'ajv/dist/2020.js';

type Tree = { [key: string]: unknown };

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** Its members beside the common ones belong to each problem. */
const OPEN_SCHEMAS = new Set(['ProblemDto']);

export interface DeclaredOperation {
  readonly method: string;
  readonly path: string;
  readonly responses: Readonly<Record<string, Tree>>;
}

function tree(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {};
}

/** A member that is not declared is a mistake too: what programs may rely on is exactly what is written. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner: Tree = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner;
}

const pointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** Compares what a hub answers with what its OpenAPI document promises. */
export class DeclaredAnswers {
  readonly operations: readonly DeclaredOperation[];
  readonly #ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: { 'date-time': (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)), binary: true, password: true },
  });

  constructor(document: Readonly<Record<string, unknown>>) {
    const components = tree(document['components']);
    const schemas = Object.fromEntries(Object.entries(tree(components['schemas'])).map(([name, schema]) => [name, OPEN_SCHEMAS.has(name) ? schema : closed(schema)]));
    this.#ajv.addSchema({ ...document, components: { ...components, schemas } }, 'hub');
    this.operations = Object.entries(tree(document['paths'])).flatMap(([path, item]) =>
      Object.entries(tree(item))
        .filter(([method]) => METHODS.includes(method))
        .map(([method, operation]) => ({ method, path, responses: tree(tree(operation)['responses']) as Record<string, Tree> })),
    );
  }

  /** The operation behind a method and an address; a path without parameters goes before one with them. */
  find(method: string, address: string): DeclaredOperation | undefined {
    const path = address.split('?')[0] ?? '';
    return this.operations
      .filter((one) => one.method === method.toLowerCase() && new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  }

  /** What is wrong with an answer; empty when it is as declared. */
  faults(operation: DeclaredOperation, status: number, type: string, body: unknown): string[] {
    const { method, path, responses } = operation;
    const where = `${method} ${path} ${status}`;
    const key = String(status) in responses ? String(status) : status >= 400 ? 'default' : undefined;
    if (key === undefined || !(key in responses)) return [`${where}: is not declared`];
    const contents = tree(responses[key]?.['content']);
    const media = type.split(';')[0]?.trim() ?? '';
    if (Object.keys(contents).length === 0) return media === '' || status === 302 ? [] : [`${where}: declares no content, answers ${media}`];
    if (!(media in contents)) return [`${where}: answers ${media}, declares ${Object.keys(contents).join(', ')}`];
    if (!/json$/.test(media)) return [];
    const check = this.#ajv.getSchema(`hub#/paths/${pointer(path)}/${method}/responses/${key}/content/${pointer(media)}/schema`);
    if (check === undefined) return [`${where}: has no schema`];
    return check(body) ? [] : (check.errors ?? []).map((error) => `${where}: ${error.instancePath || '/'} ${error.message ?? ''} ${JSON.stringify(error.params)}`);
  }
}
