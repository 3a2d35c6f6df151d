import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { openApiSpec, shortSpec, type Spec } from '../schema-forms.js';

export type { Schema } from '../schema-forms.js';

const OFFICIAL = resolve('../shared/specs/wildberries');
const OFFICIAL_FILES = ['01-general', '02-items', '11-analytics', '12-reports'];
const OWN_FILES = ['content', 'prices', 'marketplace', 'reports'];

/** Shapes of Wildberries' methods: ours in a short form, and the official schemas when they lie beside the project. */
export function wildberriesSpecs(): readonly (readonly [string, Spec])[] {
  const own = ['our own', shortSpec(OWN_FILES.map((name) => new URL(`./${name}.json`, import.meta.url)))] as const;
  if (existsSync(OFFICIAL)) return [own, ['the official', openApiSpec(OFFICIAL_FILES.map((file) => parse(readFileSync(`${OFFICIAL}/${file}.yaml`, 'utf8')) as object))]];
  process.stdout.write('skipped: the official Wildberries schemas are not beside the project; our own are checked\n');
  return [own];
}
