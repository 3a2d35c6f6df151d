import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DUTIES, DUTIES_OF_ABILITIES } from '#channels/testkit';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ID = 'new-shop';

/** A tree that is this one, with room for a new channel. */
function treeBeside(): string {
  const tree = mkdtempSync(join(tmpdir(), 'new-channel-'));
  mkdirSync(join(tree, 'libs/channels'), { recursive: true });
  mkdirSync(join(tree, 'test'));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  for (const lib of ['kernel', 'platform']) symlinkSync(join(ROOT, 'libs', lib), join(tree, 'libs', lib));
  for (const lib of ['contract', 'testkit']) symlinkSync(join(ROOT, 'libs/channels', lib), join(tree, 'libs/channels', lib));
  symlinkSync(join(ROOT, 'test/harness'), join(tree, 'test/harness'));
  for (const file of ['package.json', 'tsconfig.json', 'jest.config.mjs']) copyFileSync(join(ROOT, file), join(tree, file));
  return tree;
}

const run = (cwd: string, script: string, args: readonly string[], env: object = {}) =>
  spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8', env: { ...process.env, ...env } });

describe('npm run new:channel', () => {
  let tree: string;
  beforeAll(() => {
    tree = treeBeside();
    const made = run(ROOT, join(ROOT, 'scripts/new-channel.mjs'), [ID, tree]);
    expect([made.status, made.stderr]).toEqual([0, '']);
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it('writes a folder with the names every channel has', () => {
    expect(readdirSync(join(tree, 'libs/channels', ID)).sort()).toEqual(['index.ts', `${ID}.channel.ts`, `${ID}.client.ts`, `${ID}.errors.ts`]);
    expect(readFileSync(join(tree, `test/conformance-${ID}.medium.spec.ts`), 'utf8')).not.toMatch(/__/);
  });

  it('whose types are right', () => {
    writeFileSync(join(tree, 'tsconfig.check.json'), JSON.stringify({ extends: './tsconfig.json', include: [`libs/channels/${ID}`, 'test'] }));
    const checked = run(tree, join(ROOT, 'node_modules/typescript/bin/tsc'), ['--noEmit', '-p', 'tsconfig.check.json']);
    expect(checked.stdout.split('\n').filter((line) => line.includes(ID))).toEqual([]);
  }, 90_000);

  it('and whose suite is red by the name of every duty but those of abilities it does not have', () => {
    const config = join(tree, 'jest.new.mjs');
    writeFileSync(
      config,
      `import base from './jest.config.mjs';\nconst { globalSetup, globalTeardown, roots, ...medium } = base.projects[1];\nexport default { ...medium, testTimeout: 20000 };\n`,
    );
    const ran = run(tree, join(ROOT, 'node_modules/jest/bin/jest.js'), ['--config', config, '--rootDir', tree, '--json', '--silent'], {
      NODE_OPTIONS: '--experimental-vm-modules',
    });
    const report = JSON.parse(ran.stdout) as { testResults: { message: string; assertionResults: { title: string; status: string }[] }[] };
    const results = report.testResults.flatMap((file) => file.assertionResults);
    expect(results.map(({ title, status }) => [title, status])).toEqual(DUTIES.map((duty) => [duty.name, DUTIES_OF_ABILITIES.includes(duty) ? 'passed' : 'failed']));
  }, 90_000);

  it('refuses an id that is taken or no id', () => {
    const again = run(ROOT, join(ROOT, 'scripts/new-channel.mjs'), [ID, tree]);
    expect([again.status, again.stderr.includes('already')]).toEqual([2, true]);
    const odd = run(ROOT, join(ROOT, 'scripts/new-channel.mjs'), ['../Ozon', tree]);
    expect([odd.status, odd.stderr.includes('lower-case')]).toEqual([2, true]);
  });
});
