import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { type AppConfig, errorText, FatalStartError, type Logger, workerEntry } from '#platform';

const READY_MS = 60_000;
const STOP_MS = 4_000;
const RESTART_FIRST_MS = 500;
const RESTART_MOST_MS = 10_000;
const PORT_ATTEMPTS = 5;
const PORT_WAIT_MS = 500;

export interface SandboxOptions {
  readonly config: AppConfig;
  readonly logger: Logger;
  readonly folder: string;
  /** The port it had before; 0: any. */
  readonly port: number;
  /** Told after every start, also after one that followed a death. */
  readonly onUp: (url: string) => Promise<void>;
}

/** Runs the marketplace simulators as a process of their own, and starts them again when they die. */
export class SandboxProcess {
  #child: ChildProcess | undefined;
  #url: string | undefined;
  #port: number;
  readonly #stopping = new AbortController();

  constructor(private readonly options: SandboxOptions) {
    this.#port = options.port;
  }

  get url(): string | undefined {
    return this.#url;
  }

  /** Resolves once it answers. @throws FatalStartError */
  async start(): Promise<string> {
    const url = await this.launch().catch((cause: unknown) => {
      const { port } = this.options.config.sandbox;
      this.options.logger.error({ reason: errorText(cause) }, 'the sandbox did not start');
      throw port === 0
        ? new FatalStartError('The simulator of the marketplaces did not start.', 'See the log above; ETALON_DEMO=off starts without it.', {
            cause,
            told: { code: 'sandbox-failed' },
          })
        : new FatalStartError(
            `The simulator of the marketplaces did not start on port ${port}.`,
            'Stop what uses that port, or leave SANDBOX_PORT out: then any free port is taken.',
            {
              cause,
              told: { code: 'sandbox-port', params: { port } },
            },
          );
    });
    await this.options.onUp(url);
    return url;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const patience = new AbortController();
    const late = pause(STOP_MS, undefined, { signal: patience.signal }).then(
      () => void child.kill('SIGKILL'),
      () => undefined,
    );
    await ended;
    patience.abort();
    await late;
  }

  /** A sandbox left by a killed hub needs a moment to go; only then is its port given up. */
  private async launch(): Promise<string> {
    const kept = this.#port;
    if (kept === 0 || kept === this.options.config.sandbox.port) return this.spawnOnce(kept);
    for (let attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
      try {
        return await this.spawnOnce(kept);
      } catch (error) {
        this.options.logger.warn({ port: kept, attempt, reason: errorText(error) }, 'the sandbox did not come up on its port');
        await pause(PORT_WAIT_MS, undefined, { signal: this.#stopping.signal });
      }
    }
    return this.spawnOnce(0);
  }

  private async spawnOnce(port: number): Promise<string> {
    const { config, folder } = this.options;
    const entry = fileURLToPath(workerEntry('apps/sandbox/main.js'));
    const args = [entry, '--port', String(port), '--data', folder, '--seed', String(config.demo.seed), '--scale', String(config.demo.clockRate), '--until-stdin-closes'];
    const child = spawn(process.execPath, ['--enable-source-maps', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    child.stdin.on('error', () => undefined);
    child.stderr?.on('data', (text: Buffer) => this.options.logger.warn({ sandbox: text.toString('utf8').slice(0, 2_000) }, 'the sandbox says'));
    const url = await listeningUrl(child);
    this.#url = url;
    this.#port = Number(new URL(url).port);
    child.once('exit', (code, signal) => {
      this.#url = undefined;
      if (this.#stopping.signal.aborted) return;
      this.options.logger.warn({ code, signal }, 'the sandbox ended by itself');
      void this.revive();
    });
    return url;
  }

  private async revive(): Promise<void> {
    for (let wait = RESTART_FIRST_MS; !this.#stopping.signal.aborted; wait = Math.min(wait * 2, RESTART_MOST_MS)) {
      try {
        await pause(wait, undefined, { signal: this.#stopping.signal });
        await this.options.onUp(await this.launch());
        return;
      } catch (error) {
        if (!this.#stopping.signal.aborted) this.options.logger.error({ err: error }, 'the sandbox could not be started again');
      }
    }
  }
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('The sandbox did not come up in time'));
    }, READY_MS);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The sandbox ended at its start (code ${code})`));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const url = /"listening":"([^"]+)"/.exec(text)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
