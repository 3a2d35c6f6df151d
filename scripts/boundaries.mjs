import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/** An own folder that was not seen at all would pass every rule. */
const FOLDERS = ['libs', 'apps/hub', 'apps/sandbox', 'bench', 'test'];

/** Checks the tree under `base`; returns one line a breach. Throws when it saw no files or resolved none of our own imports. */
export async function findBreaches(base) {
  const before = process.cwd();
  process.chdir(base);
  try {
    const { default: rules } = await import(pathToFileURL(join(base, '.dependency-cruiser.mjs')).href);
    const { options, ...ruleSet } = rules;
    const folders = FOLDERS.filter((folder) => existsSync(join(base, folder)));
    const result = await cruise(folders, { ...options, ruleSet, validate: true }, undefined, { tsConfig: extractTSConfig(resolve(base, 'tsconfig.json')) });
    const { modules, summary } = result.output;
    const seen = modules.filter((module) => /^(libs|apps|bench|test)\/.*\.ts$/.test(module.source));
    if (seen.length === 0) throw new Error('The boundary check saw 0 files');
    const doors = seen.flatMap((module) => module.dependencies).filter((dependency) => dependency.module.startsWith('#') && dependency.resolved.startsWith('libs/'));
    if (doors.length === 0) throw new Error('The boundary check resolved 0 imports of our own libraries');
    const breaches = summary.violations.map(({ rule, from, to, cycle }) => `${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name ?? step).join(' → ') : to}`);
    return { files: seen.length, breaches: [...new Set(breaches)] };
  } finally {
    process.chdir(before);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { files, breaches } = await findBreaches(process.argv[2] ? resolve(process.argv[2]) : process.cwd());
  for (const breach of breaches) process.stderr.write(`${breach}\n`);
  process.stderr.write(`${files} files, ${breaches.length} breaches\n`);
  process.exit(breaches.length > 0 ? 1 : 0);
}
