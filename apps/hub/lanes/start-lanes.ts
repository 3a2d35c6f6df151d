import { Worker } from 'node:worker_threads';
import { fromThread, workerEntry, type AppConfig, type Logger } from '#platform';
import type { AccountLoopHealth, FromThread, LanesData, ToThread } from './lanes-message.js';
import { orderedFaults } from './ordered-faults.js';

export interface LanesOptions {
  readonly config: AppConfig;
  readonly databaseUrl: string;
  readonly logger: Logger;
  readonly hubUrl: string;
}

const RESTART_MS = 1_000;
const STOP_MS = 8_000;
const HEALTH_MS = 2_000;

/**
 * The account loops in their own thread: a sweep of a hundred thousand cards must not make an edit wait.
 * A thread that dies is started again; it finds everything it needs in the database.
 */
export async function startLanes(options: LanesOptions) {
  const supervisor = new LanesSupervisor(options);
  await supervisor.start();
  return supervisor;
}

class LanesSupervisor {
  private worker: Worker | undefined;
  private stopping = false;
  private asks = 0;
  private readonly answers = new Map<number, (accounts: readonly AccountLoopHealth[]) => void>();

  constructor(private readonly options: LanesOptions) {}

  async start(): Promise<void> {
    const { config, databaseUrl, hubUrl, logger } = this.options;
    const workerData: LanesData = { config: structuredClone({ ...config }), databaseUrl, hubUrl, ...orderedFaults(config) };
    const worker = new Worker(workerEntry('apps/hub/lanes/lanes.worker.js'), { workerData, name: 'lanes' });
    this.worker = worker;
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'ready') resolve();
        if (message.kind === 'health') this.answer(message.ask, message.accounts);
      });
      worker.on('error', (error) => {
        logger.error({ err: error }, 'the account loops broke');
        reject(fromThread(error));
      });
      worker.on('exit', (code) => {
        reject(new Error(`The account loops ended with code ${code}.`));
        if (!this.stopping && this.worker === worker) this.restart();
      });
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const worker = this.worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ kind: 'stop' } satisfies ToThread);
    const hard = setTimeout(() => void worker.terminate(), STOP_MS);
    await ended;
    clearTimeout(hard);
  }

  /** What each account's budget has left; empty while the thread does not answer. */
  health(): Promise<{ accounts: readonly AccountLoopHealth[] }> {
    const worker = this.worker;
    if (!worker) return Promise.resolve({ accounts: [] });
    const ask = this.asks++;
    return new Promise((resolve) => {
      const late = setTimeout(() => this.answer(ask, []), HEALTH_MS);
      late.unref();
      this.answers.set(ask, (accounts) => {
        clearTimeout(late);
        resolve({ accounts });
      });
      worker.postMessage({ kind: 'health', ask } satisfies ToThread);
    });
  }

  private answer(ask: number, accounts: readonly AccountLoopHealth[]): void {
    this.answers.get(ask)?.(accounts);
    this.answers.delete(ask);
  }

  private restart(): void {
    this.worker = undefined;
    this.options.logger.warn({}, 'the account loops are started again');
    setTimeout(() => {
      if (this.stopping) return;
      this.start().catch((error: unknown) => this.options.logger.error({ err: error }, 'the account loops did not start'));
    }, RESTART_MS);
  }
}
