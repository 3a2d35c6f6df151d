import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openApiSpec, shortSpec, type Schema, type Spec } from '../schema-forms.js';

const OFFICIAL = resolve('../shared/specs/yandex-market/openapi.bundled.json');
const OWN_FILES = ['cabinet', 'catalog', 'content', 'prices', 'stores'];
const FAILURES = ['400', '401', '403', '404', '405', '415', '420', '423', '500'];
/** Of every failure. */
const FAILURE: Schema = {
  type: 'object',
  properties: {
    status: { const: 'ERROR' },
    errors: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } }, required: ['code'], additionalProperties: false },
    },
  },
  required: ['status', 'errors'],
  additionalProperties: false,
};

/** Shapes of Yandex Market's methods: ours in a short form, and the official schemas, with their bounds, when they lie beside the project. */
export function yandexMarketSpecs(): readonly (readonly [string, Spec])[] {
  const failures = Object.fromEntries(FAILURES.map((status) => [status, FAILURE]));
  const written = shortSpec(OWN_FILES.map((name) => new URL(`./${name}.json`, import.meta.url)));
  const own = ['our own', new Map([...written].map(([name, one]) => [name, { ...one, answers: { ...failures, ...one.answers } }]))] as const;
  if (existsSync(OFFICIAL)) {
    const bounds = ['minItems', 'maxItems', 'minLength', 'maxLength', 'uniqueItems', 'pattern', 'maximum'];
    return [own, ['the official', openApiSpec([JSON.parse(readFileSync(OFFICIAL, 'utf8')) as object], bounds)]];
  }
  process.stdout.write('skipped: the official Yandex Market schemas are not beside the project; our own are checked\n');
  return [own];
}
