import { type ChildProcess, spawn } from 'node:child_process';

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '#platform';
import { freePort, hubFile, inherited } from './child-surroundings.js';

const START_MS = 120_000;
const STOP_MS = 15_000;
const KEPT_LINES = 200;

/** A built program of ours in a process of its own; what it says is kept for the case that it fails. */
export class Program {
  private readonly said: string[] = [];
  private readonly atExit = () => this.child.kill('SIGKILL');

  private constructor(private readonly child: ChildProcess) {
    const keep = (chunk: Buffer): void => {
      this.said.push(chunk.toString());
      if (this.said.length > KEPT_LINES) this.said.shift();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    process.on('exit', this.atExit);
  }

  static start(file: string, args: readonly string[], settings: Readonly<Record<string, string>>): Program {
    return new Program(
      spawn(process.execPath, ['--enable-source-maps', join(projectRoot(), 'dist', file), ...args], { env: { ...inherited(), ...settings }, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get output(): string {
    return this.said.join('');
  }

  /** Asks again and again until `ready` answers something. Throws with the program's last words when it ends or takes too long. */
  async until<T>(ready: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + START_MS;
    for (;;) {
      if (this.child.exitCode !== null) throw new Error(`A program ended with code ${this.child.exitCode}:\n${this.output}`);
      const found = await ready();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`A program was not ready in ${START_MS / 1000} s:\n${this.output}`);
      await pause(100);
    }
  }

  async stop(): Promise<void> {
    process.off('exit', this.atExit);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const hard = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(hard);
  }
}

export interface RunningHub {
  readonly program: Program;
  readonly url: string;
  readonly token: string;
}

/** Starts a hub on a free port. `settings` are its environment names; the caller owns and deletes the data folder. */
export async function startHub(dataDir: string, settings: Readonly<Record<string, string>>): Promise<RunningHub> {
  const program = Program.start('apps/hub/main.js', [], { DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'warn', ...settings });
  try {
    const { url, token } = await program.until(() => hubFile(dataDir));
    return { program, url, token };
  } catch (error) {
    await program.stop();
    throw error;
  }
}
