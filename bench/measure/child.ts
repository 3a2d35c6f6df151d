import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a child is asked and how it answers; both are plain data. */
interface Ask {
  readonly id: number;
  readonly command: string;
  readonly argument: unknown;
}
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: string;
}

const STOP_MS = 10_000;

/** A process of ours that carries out commands one by one. It ends when this process ends, however that happens. */
export class Child {
  private asks = 0;
  private readonly open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly name: string,
  ) {
    process.on('message', (message: Answer) => {
      const waiting = this.open.get(message.id);
      this.open.delete(message.id);
      if (message.failure !== undefined) waiting?.reject(new Error(`${name}: ${message.failure}`));
      else waiting?.resolve(message.value);
    });
    process.once('exit', (code, signal) => {
      for (const waiting of this.open.values()) waiting.reject(new Error(`${name} ended (${signal ?? code}) before it answered.`));
      this.open.clear();
    });
  }

  /** Starts the module behind `url`, which must call `serveCommands`. */
  static start(url: URL, execArgv: readonly string[] = []): Child {
    const file = fileURLToPath(url);
    return new Child(fork(file, [], { execArgv: ['--enable-source-maps', ...execArgv], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }), file.replace(/^.*\//, ''));
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  ask<T>(command: string, argument: unknown = null): Promise<T> {
    if (this.process.exitCode !== null || !this.process.connected) return Promise.reject(new Error(`${this.name} is not running.`));
    return new Promise<T>((resolve, reject) => {
      const id = this.asks++;
      this.open.set(id, { resolve: (value) => resolve(value as T), reject });
      this.process.send({ id, command, argument } satisfies Ask);
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    if (this.process.connected) this.process.disconnect();
    const hard = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(hard);
  }
}

export type Commands = Readonly<Record<string, (argument: never) => unknown>>;

/** In the child: carries out what is asked, one command at a time; `end` runs when the parent is done with us or gone. */
export function serveCommands(commands: Commands, end: () => Promise<void> = () => Promise.resolve()): void {
  let last: Promise<void> = Promise.resolve();
  process.on('message', ({ id, command, argument }: Ask) => {
    last = last.then(async () => {
      const answer = await carryOut(commands, command, argument).then(
        (value): Answer => ({ id, value }),
        (error: unknown): Answer => ({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
      if (process.connected) process.send?.(answer);
    });
  });
  process.once('disconnect', () => {
    const hard = setTimeout(() => process.exit(1), STOP_MS / 2);
    void end().finally(() => {
      clearTimeout(hard);
      process.exit(0);
    });
  });
}

async function carryOut(commands: Commands, command: string, argument: unknown): Promise<unknown> {
  const work = commands[command];
  if (work === undefined) throw new Error(`There is no command "${command}".`);
  return (await work(argument as never)) ?? null;
}
