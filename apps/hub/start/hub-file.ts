import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '#platform';

/** Where the command line finds the running hub; only the owner of the data folder can read either file. */
export interface HubFile {
  readonly url: string;
  readonly pid: number;
  readonly started_at: string;
  readonly token_file: string;
}

const NAME = 'hub.json';
const TOKEN = 'cli.token';

function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}

export function writeHubFile(dataDir: string, url: string, token: string): void {
  writeWhole(join(dataDir, TOKEN), `${token}\n`);
  const file: HubFile = { url, pid: process.pid, started_at: new Date().toISOString(), token_file: TOKEN };
  writeWhole(join(dataDir, NAME), `${JSON.stringify(file, null, 2)}\n`);
}

export function removeHubFile(dataDir: string): void {
  for (const name of [NAME, TOKEN]) rmSync(join(dataDir, name), { force: true });
}

/** The running hub of a data folder and the token to talk to it; undefined when none says it runs. */
export function readHubFile(dataDir: string): { url: string; pid: number; token: string } | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(dataDir, NAME), 'utf8'));
    const token = readFileSync(join(dataDir, TOKEN), 'utf8').trim();
    if (typeof parsed !== 'object' || parsed === null || !('url' in parsed) || !('pid' in parsed)) return undefined;
    return typeof parsed.url === 'string' && typeof parsed.pid === 'number' ? { url: parsed.url, pid: parsed.pid, token } : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
