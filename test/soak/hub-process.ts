import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, type WriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPool, destroyEmbedded, errorCode, findRunningEmbedded, projectRoot } from '#platform';
import type { KillPoint, SabotageName } from '#reconcile';
import type { Pool } from 'pg';

const START_MS = 180_000;
const END_MS = 30_000;

/** Values that must never be seen anywhere but where they are kept. */
export const CANARIES = { admin: 'canary-admin-9f27c1', key: 'ca9a47'.repeat(10) + 'cafe', channel: 'sandbox-key-a' } as const;

export interface HubFaults {
  readonly kill?: KillPoint;
  readonly sabotage?: SabotageName;
}

/** The hub as a process of its own that may die at any moment, with what it keeps on disk and all it ever said. */
export class HubProcess {
  private child: ChildProcess | undefined;
  private log: WriteStream;
  private address = { url: '', token: '' };
  private pools = new Map<string, Pool>();
  private readonly workers = new Set<ChildProcess>();

  private constructor(
    readonly dataDir: string,
    private readonly port: number,
    private readonly cards: number,
    private readonly seed: number,
  ) {
    this.log = createWriteStream(this.logFile, { flags: 'a' });
  }

  static async make(cards: number, seed: number): Promise<HubProcess> {
    return new HubProcess(mkdtempSync(join(tmpdir(), 'etalon-soak-')), await freePort(), cards, seed);
  }

  get logFile(): string {
    return join(this.dataDir, 'soak-hub.log');
  }

  get url(): string {
    return this.address.url;
  }

  get token(): string {
    return this.address.token;
  }

  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it and resolves once its doors are open. */
  async start(faults: HubFaults = {}): Promise<void> {
    // What a killed hub left says where it was, not where this one is.
    rmSync(join(this.dataDir, 'hub.json'), { force: true });
    const child = spawn(process.execPath, ['--enable-source-maps', join(projectRoot(), 'dist/apps/hub/main.js')], {
      env: {
        ...inherited(),
        DATA_DIR: this.dataDir,
        PORT: String(this.port),
        SANDBOX_PORT: '0',
        ETALON_DEMO: 'on',
        ETALON_DEMO_CARDS: String(this.cards),
        ETALON_DEMO_SEED: String(this.seed),
        ETALON_DEMO_CHANNELS: 'ozon',
        ETALON_ADMIN_PASSWORD: CANARIES.admin,
        ETALON_SECRET_KEY: CANARIES.key,
        LOG_LEVEL: 'debug',
        ...(faults.kill === undefined ? {} : { ETALON_FAULT_KILL: faults.kill }),
        ...(faults.sabotage === undefined ? {} : { ETALON_FAULT_SABOTAGE: faults.sabotage }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stdout.on('data', (chunk: Buffer) => this.log.write(chunk));
    child.stderr.on('data', (chunk: Buffer) => this.log.write(chunk));
    for (const deadline = Date.now() + START_MS; ; await pause(50)) {
      const found = this.readAddress();
      if (found !== undefined) {
        this.address = found;
        return;
      }
      if (!this.alive) {
        // A kill point may be passed before the doors are seen open.
        if (faults.kill !== undefined) return;
        throw new Error(`The hub ended at its start with code ${child.exitCode}:\n${this.lastWords()}`);
      }
      if (Date.now() > deadline) throw new Error(`The hub did not open its doors in ${START_MS / 1000} s:\n${this.lastWords()}`);
    }
  }

  /** A second process on the same database and folder, without doors for people; resolves once it works. */
  async startWorker(): Promise<{ kill(): Promise<void> }> {
    const databaseUrl = findRunningEmbedded(this.dataDir);
    if (databaseUrl === undefined) throw new Error('A second worker needs the database, and it is down.');
    const port = await freePort();
    const child = spawn(process.execPath, ['--enable-source-maps', join(projectRoot(), 'dist/apps/hub/main.js')], {
      env: {
        ...inherited(),
        ROLE: 'worker',
        DATABASE_URL: databaseUrl,
        DATA_DIR: this.dataDir,
        PORT: String(port),
        ETALON_ADMIN_PASSWORD: CANARIES.admin,
        ETALON_SECRET_KEY: CANARIES.key,
        LOG_LEVEL: 'debug',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => this.log.write(chunk));
    this.workers.add(child);
    const kill = async () => {
      const gone = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await gone;
      this.workers.delete(child);
    };
    for (const deadline = Date.now() + START_MS; ; await pause(100)) {
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ready) return { kill };
      if (child.exitCode !== null || Date.now() > deadline) {
        await kill();
        throw new Error(`The second worker did not come up:\n${this.lastWords()}`);
      }
    }
  }

  /** Ends it the hard way and waits until it is gone. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.gone();
  }

  async gone(withinMs = END_MS): Promise<void> {
    for (const deadline = Date.now() + withinMs; this.alive; await pause(20)) {
      if (Date.now() > deadline) throw new Error(`The hub did not end in ${withinMs / 1000} s.`);
    }
  }

  /** Stops it in mid-air for a while, as a busy machine does. */
  async freeze(ms: number): Promise<void> {
    this.child?.kill('SIGSTOP');
    await pause(ms);
    this.child?.kill('SIGCONT');
  }

  /** Connections to its database where that runs now; undefined while it is down. */
  database(): Pool | undefined {
    const url = findRunningEmbedded(this.dataDir);
    if (url === undefined) return undefined;
    const known = this.pools.get(url);
    if (known) return known;
    const pool = createPool(url, { max: 3, applicationName: 'soak' });
    this.pools.set(url, pool);
    return pool;
  }

  lastWords(): string {
    return readFileSync(this.logFile, 'utf8').slice(-4_000);
  }

  async end(keep: boolean): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.end().catch(() => undefined)));
    this.child?.kill('SIGCONT');
    this.child?.kill('SIGTERM');
    await this.gone().catch(() => this.kill());
    await new Promise((resolve) => this.log.end(resolve));
    if (keep) {
      process.stderr.write(`The data folder is ${this.dataDir}\n`);
      return;
    }
    await destroyEmbedded(this.dataDir);
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  /** For a run that ends in a hurry. */
  abandon(): void {
    for (const worker of this.workers) worker.kill('SIGKILL');
    this.child?.kill('SIGKILL');
  }

  private readAddress(): { url: string; token: string } | undefined {
    try {
      const file: unknown = JSON.parse(readFileSync(join(this.dataDir, 'hub.json'), 'utf8'));
      const token = readFileSync(join(this.dataDir, 'cli.token'), 'utf8').trim();
      return typeof file === 'object' && file !== null && 'url' in file && typeof file.url === 'string' ? { url: file.url, token } : undefined;
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}

/** What a child needs to run Node; none of our own settings. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'USER'];
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => names.includes(entry[0]) && entry[1] !== undefined));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.');
  return address.port;
}
