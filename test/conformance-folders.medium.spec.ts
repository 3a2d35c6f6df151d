import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NO_CHANNELS = new Set(['contract', 'testkit']);

/** Channel folders with a door whose conformance suite is not run by any test. */
function withoutSuite(root: string): string[] {
  const folder = join(root, 'libs/channels');
  const channels = readdirSync(folder).filter((name) => !NO_CHANNELS.has(name) && existsSync(join(folder, name, 'index.ts')));
  return channels.filter((id) => {
    const spec = join(root, `test/conformance-${id}.medium.spec.ts`);
    return !existsSync(spec) || !/^describeChannel\(/m.test(readFileSync(spec, 'utf8'));
  });
}

describe('every channel folder', () => {
  const planted = mkdtempSync(join(tmpdir(), 'channels-'));
  afterAll(() => rmSync(planted, { recursive: true, force: true }));

  it('has a conformance suite', () => {
    expect(withoutSuite(ROOT)).toEqual([]);
  });

  it('is found when it has none, or one that runs no duty', () => {
    for (const id of ['contract', 'testkit', 'silent', 'idle', 'good']) {
      mkdirSync(join(planted, 'libs/channels', id), { recursive: true });
      writeFileSync(join(planted, 'libs/channels', id, 'index.ts'), '');
    }
    mkdirSync(join(planted, 'test'));
    writeFileSync(join(planted, 'test/conformance-idle.medium.spec.ts'), "import { describeChannel } from '#channels/testkit';\n");
    writeFileSync(join(planted, 'test/conformance-good.medium.spec.ts'), "describeChannel('good', goodDriver);\n");
    expect(withoutSuite(planted).sort()).toEqual(['idle', 'silent']);
  });
});
