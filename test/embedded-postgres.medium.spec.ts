import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, destroyEmbedded, type EmbeddedDatabase, loadConfig, startDatabase, startEmbedded } from '#platform';
import { compilePlatform } from './harness/compile-platform.mjs';

const root = process.getuid?.() === 0;

async function until(condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) if (await condition()) return;
  throw new Error(`not so within ${ms} ms`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  const pool = createPool(url, { max: 1, applicationName: 'look' });
  try {
    return (await pool.query('select 1 as one')).rowCount === 1;
  } catch {
    return false;
  } finally {
    await pool.end();
  }
}

describe('the embedded PostgreSQL', () => {
  const folders: string[] = [];
  const running: EmbeddedDatabase[] = [];
  let compiled = { url: '', folder: '' };
  beforeAll(() => {
    compiled = compilePlatform('libs/platform/embedded/embedded-database.js');
  });
  afterAll(() => rmSync(compiled.folder, { recursive: true, force: true }));
  afterEach(async () => {
    await Promise.all(running.splice(0).map((database) => database.stop()));
    for (const folder of folders.splice(0)) {
      chmodSync(folder, 0o755);
      await destroyEmbedded(folder);
      rmSync(folder, { recursive: true, force: true });
    }
  });
  const folder = (mode = 0o755): string => {
    const made = mkdtempSync(join(tmpdir(), 'etalon-test-'));
    chmodSync(made, mode);
    folders.push(made);
    return made;
  };
  const start = async (dataDir: string): Promise<EmbeddedDatabase> => {
    const database = await startEmbedded({ dataDir });
    running.push(database);
    return database;
  };
  /** Another program that runs the cluster of this folder, to be killed. */
  const host = async (dataDir: string): Promise<{ child: ChildProcess; postmaster: number }> => {
    const program = `const { startEmbedded } = await import(${JSON.stringify(compiled.url)}); const db = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} }); console.log(db.serverPid()); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const postmaster = await new Promise<number>((resolve, reject) => {
      child.stdout?.once('data', (text: Buffer) => resolve(Number(String(text))));
      child.once('exit', () => reject(new Error('the other program ended')));
    });
    return { child, postmaster };
  };

  it('keeps data and address over a restart, with scram and a password file of our own', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    const pool = createPool(first.url, { max: 1, applicationName: 'keep' });
    await pool.query('create table kept as select 42 as n');
    const { rows } = await pool.query<{ fsync: string; sync: string; jit: string; idle: string; enc: string }>(
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync, current_setting('jit') as jit, current_setting('idle_in_transaction_session_timeout') as idle, current_setting('password_encryption') as enc`,
    );
    expect(rows[0]).toEqual({ fsync: 'on', sync: 'on', jit: 'off', idle: '1min', enc: 'scram-sha-256' });
    await pool.end();
    await first.stop();
    const second = await start(dataDir);
    expect(second.url).toBe(first.url);
    expect(await answers(second.url)).toBe(true);
    expect(await answers(second.url.replace(/:[^:@/]+@/, ':wrong@'))).toBe(false);
    expect(statSync(join(dataDir, 'postgres', 'password')).mode & 0o777).toBe(0o600);
  }, 60_000);

  it('ends with the program that ran it, and the next start is clean', async () => {
    const dataDir = folder();
    const { child, postmaster } = await host(dataDir);
    child.kill('SIGKILL');
    await until(() => !isAlive(postmaster));
    expect(await answers((await start(dataDir)).url)).toBe(true);
  }, 60_000);

  it('takes over a living orphan and a pid file that points at a stranger', async () => {
    const dataDir = folder();
    const { child, postmaster } = await host(dataDir);
    // Frozen, it cannot be told that its program is gone: an orphan in the way of the next start.
    process.kill(postmaster, 'SIGSTOP');
    child.kill('SIGKILL');
    await until(() => !isAlive(child.pid ?? 0) || child.exitCode !== null || child.signalCode !== null);
    const starting = startEmbedded({ dataDir });
    await pause(300);
    process.kill(postmaster, 'SIGCONT');
    const second = await starting;
    expect(await answers(second.url)).toBe(true);
    await second.stop();
    writeFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres', 'data')}\n1\n5432\n\n127.0.0.1\n0 0\n`);
    expect(await answers((await start(dataDir)).url)).toBe(true);
  }, 60_000);

  it('comes back by itself on the same address after kill -9', async () => {
    const database = await start(folder());
    for (let time = 0; time < 2; time += 1) {
      const pid = database.serverPid() ?? 0;
      process.kill(pid, 'SIGKILL');
      await until(async () => database.serverPid() !== pid && (await answers(database.url)));
    }
  }, 60_000);

  it('takes another port when its own is taken, and refuses a second program', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    await first.stop();
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(Number(new URL(first.url).port), '127.0.0.1', () => resolve(server));
    });
    try {
      const second = await start(dataDir);
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      await second.stop();
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
    const { child } = await host(dataDir);
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ name: 'FatalStartError', message: expect.stringContaining(`process ${child.pid}`) });
    child.kill('SIGKILL');
    await until(() => child.signalCode !== null);
  }, 60_000);

  it('explains a file in the way and a broken DATABASE_URL in one sentence', async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'postgres'), 'in the way');
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ name: 'FatalStartError', remedy: expect.stringContaining('DATA_DIR') });
    rmSync(join(dataDir, 'postgres'));
    const good = await start(dataDir);
    const attempt = (url: string): Promise<unknown> => startDatabase(loadConfig({ env: { DATABASE_URL: url, DATABASE_WAIT_SECONDS: '0' } }));
    await expect(attempt(good.url.replace(/:[^:@/]+@/, ':s3cr3t@'))).rejects.toMatchObject({ name: 'FatalStartError', message: expect.not.stringContaining('s3cr3t') });
    await expect(attempt(`${good.url}x`)).rejects.toMatchObject({ message: expect.stringContaining('does not exist') });
    await expect(attempt('postgres://u:p@127.0.0.1:1/x')).rejects.toMatchObject({ message: expect.stringContaining('did not answer') });
    await expect(attempt('postgres://u:p@no-such-host.invalid/x')).rejects.toMatchObject({ name: 'FatalStartError' });
  }, 60_000);

  (root ? it : it.skip)(
    'works for root under a folder nobody else may enter, and starts empty when that folder was emptied',
    async () => {
      const outer = folder(0o700);
      const dataDir = join(outer, 'data');
      mkdirSync(dataDir);
      const first = await start(dataDir);
      const elsewhere = readFileSync(join(dataDir, 'postgres.location'), 'utf8').trim();
      expect(existsSync(join(elsewhere, 'data', 'PG_VERSION'))).toBe(true);
      expect(await answers(first.url)).toBe(true);
      await first.stop();
      await destroyEmbedded(dataDir);
      expect(existsSync(elsewhere)).toBe(false);
      const again = await start(dataDir);
      expect(readFileSync(join(dataDir, 'postgres.location'), 'utf8').trim()).not.toBe(elsewhere);
      await again.stop();
      await destroyEmbedded(dataDir);
    },
    60_000,
  );
});
