import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { workerEntry } from '#platform';

const CARDS = 500;
const SCRAMBLED = 60;
const LONGEST_MS = 540_000;

/** Runs the check as the command line does and reads its last line. */
async function check(...args: string[]): Promise<{ code: number | null; report: Record<string, unknown>; told: string }> {
  const child = spawn(process.execPath, ['--enable-source-maps', fileURLToPath(workerEntry('bench/demo-check.js')), '--json', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const last = out.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`The check ended with code ${code} and no report:\n${told.slice(-3_000)}`);
  return { code, report: JSON.parse(last) as Record<string, unknown>, told };
}

describe('the demo as a new user starts it', () => {
  it(
    'has every scrambled card noticed, named, healed and left right, and nothing else touched',
    async () => {
      const { code, report, told } = await check('--cards', String(CARDS), '--scramble', String(SCRAMBLED));
      expect({ report, told: code === 0 ? '' : told.slice(-3_000) }).toMatchObject({
        report: {
          listings: CARDS,
          injected: SCRAMBLED,
          noticed: SCRAMBLED,
          healed: SCRAMBLED,
          stayed_right: SCRAMBLED,
          false_alarms: 0,
          needless_touches: 0,
          idle_rows_written: 0,
        },
        told: '',
      });
      expect(report['named_right']).toBeGreaterThanOrEqual(Math.floor(SCRAMBLED * 0.99));
      expect(report['evidence_records']).toBeGreaterThanOrEqual(SCRAMBLED);
      expect(code).toBe(0);
    },
    LONGEST_MS,
  );
});
