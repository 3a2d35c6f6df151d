import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Where a started hub listens and the token to talk to it; undefined until it says so. */
export function hubFile(dataDir: string): { url: string; token: string } | undefined {
  try {
    const file: unknown = JSON.parse(readFileSync(join(dataDir, 'hub.json'), 'utf8'));
    const token = readFileSync(join(dataDir, 'cli.token'), 'utf8').trim();
    return typeof file === 'object' && file !== null && 'url' in file && typeof file.url === 'string' ? { url: file.url, token } : undefined;
  } catch {
    return undefined;
  }
}

/** What a child needs to run Node; none of our own settings. */
export function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'USER'];
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => names.includes(entry[0]) && entry[1] !== undefined));
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
