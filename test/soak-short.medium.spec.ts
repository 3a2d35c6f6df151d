import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { workerEntry } from '#platform';

interface Report {
  readonly ok: boolean;
  readonly failures: readonly string[];
  readonly faults: Readonly<Record<string, number>>;
  readonly checks: Readonly<Record<string, number>>;
  readonly repeat: string;
}

const LONGEST_MS = 450_000;

/** Runs the soak as the command line does and reads its last line. */
async function soak(...args: string[]): Promise<{ code: number | null; report: Report }> {
  const child = spawn(process.execPath, ['--enable-source-maps', fileURLToPath(workerEntry('test/soak/soak.js')), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const last = out.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`The soak ended with code ${code} and no report:\n${told.slice(-3_000)}`);
  return { code, report: JSON.parse(last) as Report };
}

describe('a storm of faults over hub and marketplace', () => {
  it.each([101, 102, 103])(
    'breaks no promise with seed %i',
    async (seed) => {
      const { code, report } = await soak('--seed', String(seed), '--minutes', '0', '--cards', '36', '--deadline', '420');
      expect({ failures: report.failures, repeat: report.repeat }).toEqual({ failures: [], repeat: report.repeat });
      expect(code).toBe(0);
      expect(Object.values(report.faults).every((n) => n > 0)).toBe(true);
      expect(Object.values(report.checks).every((n) => n > 0)).toBe(true);
    },
    LONGEST_MS,
  );
});
