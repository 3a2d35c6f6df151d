import { errorText, type Logger } from '#platform';

const STEP_MS = 8_000;

/** What was started, stopped in reverse; one that does not stop in time or fails never keeps the others from stopping. */
export class StopList {
  readonly #steps: { readonly name: string; readonly stop: () => Promise<void> }[] = [];
  #running: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  add(name: string, stop: () => Promise<void>): void {
    this.#steps.push({ name, stop });
  }

  /** Safe to call twice. */
  run(): Promise<void> {
    this.#running ??= this.runAll();
    return this.#running;
  }

  private async runAll(): Promise<void> {
    for (const { name, stop } of this.#steps.reverse()) {
      try {
        await within(stop(), STEP_MS, name);
      } catch (error) {
        this.logger.warn({ part: name, reason: errorText(error) }, 'a part did not stop cleanly');
      }
    }
  }
}

function within(work: Promise<void>, ms: number, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not stop within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
