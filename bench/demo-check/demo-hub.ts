import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { destroyEmbedded, findRunningEmbedded, projectRoot } from '#platform';
import { freePort, hubFile, inherited } from '../measure/child-surroundings.js';

interface DemoAccount {
  readonly account_id: string;
  readonly channel: string;
}

export interface HubStatus {
  readonly listings: number;
  readonly in_sync: number;
  readonly drifted: number;
  readonly held: number;
  readonly failing: number;
  readonly pending: number;
  readonly unknown: number;
  readonly ignored: number;
  readonly demo?: { readonly state: string; readonly made: number; readonly of: number; readonly accounts: readonly DemoAccount[]; readonly sandbox_url: string | null };
}

/** A hub of its own, started as a person would: free ports, an empty data folder, shipped defaults. */
export class DemoHub {
  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
    readonly url: string,
    private readonly token: string,
  ) {}

  /** With `channel` the demo trades on that one alone. */
  static async start(cards: number, seed: number, channel?: string): Promise<DemoHub> {
    const dataDir = mkdtempSync(join(tmpdir(), 'etalon-demo-'));
    const log: string[] = [];
    const child = spawn(process.execPath, ['--enable-source-maps', join(projectRoot(), 'dist/apps/hub/main.js')], {
      env: {
        ...inherited(),
        DATA_DIR: dataDir,
        PORT: String(await freePort()),
        SANDBOX_PORT: '0',
        ETALON_DEMO: 'on',
        ETALON_DEMO_CARDS: String(cards),
        ETALON_DEMO_SEED: String(seed),
        ...(channel === undefined ? {} : { ETALON_DEMO_CHANNELS: channel }),
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      log.push(chunk.toString());
      if (log.length > 200) log.shift();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', (chunk: Buffer) => {
      keep(chunk);
      process.stderr.write(chunk);
    });
    process.on('exit', () => child.kill('SIGKILL'));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The hub ended with code ${child.exitCode}:\n${log.join('')}`);
      const file = hubFile(dataDir);
      if (file) return new DemoHub(child, dataDir, file.url, file.token);
      await pause(100);
    }
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
    return (await answer.json()) as T;
  }

  status(): Promise<HubStatus> {
    return this.get<HubStatus>('/api/status');
  }

  /** Address of the embedded database, for the figures only the database can tell. */
  databaseUrl(): string {
    const url = findRunningEmbedded(this.dataDir);
    if (url === undefined) throw new Error('The hub runs no database of its own.');
    return url;
  }

  async stop(keep: boolean): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const hard = setTimeout(() => this.child.kill('SIGKILL'), 15_000);
    if (this.child.exitCode === null) await ended;
    clearTimeout(hard);
    if (keep) process.stderr.write(`The data folder is ${this.dataDir}\n`);
    else {
      await destroyEmbedded(this.dataDir);
      rmSync(this.dataDir, { recursive: true, force: true });
    }
  }
}
