import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#platform';

const root = projectRoot();
const DOORS = ['kernel', 'platform', 'catalog', 'listings', 'reconcile', 'demo', 'channels/contract', 'channels/testkit', 'channels/ozon', 'channels/other'];

/** Each breach by the rule that must catch it: a file and what it imports. */
const PLANTED: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['no-cycles', 'libs/kernel/a.ts', './b.js'],
  ['no-unresolved', 'libs/kernel/lost.ts', './nowhere.js'],
  ['kernel-imports-nothing', 'libs/kernel/bad.ts', '#platform'],
  ['platform-imports-kernel', 'libs/platform/bad.ts', '#catalog'],
  ['catalog-imports', 'libs/catalog/bad.ts', '#listings'],
  ['contract-imports-kernel', 'libs/channels/contract/bad.ts', '#platform'],
  ['testkit-imports', 'libs/channels/testkit/bad.ts', '#channels/ozon'],
  ['channel-imports', 'libs/channels/ozon/bad.ts', '#catalog'],
  ['channel-spec-imports', 'libs/channels/ozon/bad.spec.ts', '#reconcile'],
  ['channels-do-not-know-each-other', 'libs/channels/ozon/neighbour.ts', '#channels/other'],
  ['listings-imports', 'libs/listings/bad.ts', '#reconcile'],
  ['reconcile-imports', 'libs/reconcile/bad.ts', '#channels/ozon'],
  ['demo-imports', 'libs/demo/bad.ts', '#listings'],
  ['sandbox-shares-nothing', 'apps/sandbox/bad.ts', '#channels/ozon'],
  ['libs-do-not-import-apps', 'libs/catalog/upwards.ts', '../../apps/hub/main.js'],
  ['hub-does-not-import-sandbox', 'apps/hub/bad.ts', '../sandbox/main.js'],
  ['front-door-only', 'apps/hub/window.ts', '../../libs/kernel/b.js'],
  ['axios-behind-the-client', 'apps/hub/bare.ts', 'axios'],
];

describe('the module boundaries', () => {
  const made: string[] = [];
  let known: string[] = [];
  afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  beforeAll(async () => {
    const { default: rules } = (await import(join(root, '.dependency-cruiser.mjs'))) as { default: { forbidden: { name: string }[] } };
    known = rules.forbidden.map((rule) => rule.name);
  });

  const tree = (files: Readonly<Record<string, string>>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
    made.push(folder);
    for (const name of ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.json']) cpSync(join(root, name), join(folder, name));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return folder;
  };
  const clean = (): Record<string, string> => ({
    ...Object.fromEntries(DOORS.map((door) => [`libs/${door}/index.ts`, 'export const door = 1;\n'])),
    'libs/kernel/b.ts': 'export const b = 1;\n',
    'apps/hub/main.ts': `import { door } from '#kernel';\nexport const main = door;\n`,
    'apps/sandbox/main.ts': 'export const main = 1;\n',
  });
  const check = (folder: string): { status: number | null; output: string } => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'boundaries.mjs'), folder], { encoding: 'utf8' });
    return { status, output: stderr };
  };

  it('pass a tree without a breach', () => {
    expect(check(tree(clean()))).toMatchObject({ status: 0, output: expect.stringContaining(' 0 breaches') });
  });

  it('catch a breach planted for every rule, in the file it was planted in', () => {
    expect(PLANTED.map(([rule]) => rule).sort()).toEqual([...known].sort());
    const planted = Object.fromEntries(PLANTED.map(([, file, imports]) => [file, `import * as other from '${imports}';\nexport const bad = other;\n`]));
    const { status, output } = check(tree({ ...clean(), ...planted, 'libs/kernel/b.ts': `import { bad } from './a.js';\nexport const b = bad;\n` }));
    expect(status).toBe(1);
    for (const [rule, file] of PLANTED) {
      // A cycle is reported from whichever of its files comes first.
      expect(output).toMatch(rule === 'no-cycles' ? /no-cycles: libs\/kernel\/[ab]\.ts/ : new RegExp(`^${rule}: ${file.replaceAll('.', '\\.')} → `, 'm'));
    }
  });

  it('fail when they saw no files or resolved no library', () => {
    expect(check(tree({ 'libs/view.tsx': 'export {};' }))).toMatchObject({ output: expect.stringContaining('saw 0 files') });
    expect(check(tree({ 'apps/hub/main.ts': 'export const main = 1;\n' }))).toMatchObject({ output: expect.stringContaining('resolved 0 imports') });
    expect(check(tree({ 'libs/view.tsx': 'export {};' })).status).not.toBe(0);
  });
});
