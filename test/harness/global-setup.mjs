import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compilePlatform } from './compile-platform.mjs';

const PREFIX = 'etalon-test-';
const ABANDONED_MS = 3_600_000;

/** Runs that were killed could not clean up after themselves. */
async function sweepAbandoned(destroyEmbedded) {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    // Younger ones may belong to a run that is just starting.
    if (Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) < ABANDONED_MS) continue;
    try {
      await destroyEmbedded(folder);
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error?.name !== 'FatalStartError') throw error;
    }
  }
}

/** One throw-away PostgreSQL for the whole run; the tests get its address in ETALON_TEST_SERVER. */
export default async function globalSetup() {
  const compiled = compilePlatform('libs/platform/embedded/embedded-database.js');
  try {
    const { startEmbedded, destroyEmbedded } = await import(compiled.url);
    await sweepAbandoned(destroyEmbedded);
    const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
    chmodSync(dataDir, 0o755);
    const database = await startEmbedded({
      dataDir,
      databaseName: 'harness',
      settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200', max_wal_size: '1GB' },
    });
    process.env.ETALON_TEST_SERVER = database.url;
    globalThis.etalonTestServer = async () => {
      await database.stop();
      await destroyEmbedded(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    };
  } finally {
    rmSync(compiled.folder, { recursive: true, force: true });
  }
}
