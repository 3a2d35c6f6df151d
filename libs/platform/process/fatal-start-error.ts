/** A setting that cannot be used: its name for people, its path in the configuration, and what is wrong. Never its value. */
export interface SettingFault {
  readonly name: string;
  readonly path: string;
  readonly kind: 'unknown' | 'missing' | 'wrong';
}

export interface StartFault {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Settings that `{{faults}}` in the text lists. */
  readonly settings?: readonly SettingFault[];
}

/**
 * A reason not to start that a person can act on. `message` is one sentence that says what is wrong, `remedy` one sentence
 * that says what to do. Neither carries a secret. The entry point prints both and exits with a code other than 0.
 */
export class FatalStartError extends Error {
  override readonly name = 'FatalStartError';

  /** Names the sentences in the languages of the reader, with the values in them. */
  readonly told: StartFault;

  constructor(
    message: string,
    readonly remedy: string,
    { told, ...options }: { readonly cause?: unknown; readonly told: StartFault },
  ) {
    super(message, options);
    this.told = told;
  }
}

/** The reason as it was before it came out of a worker thread, which hands over what an error holds but not its class; anything else as it is. */
export function fromThread(error: unknown): unknown {
  if (error instanceof FatalStartError || typeof error !== 'object' || error === null || Reflect.get(error, 'name') !== 'FatalStartError') return error;
  const { message, remedy, told } = error as { readonly message?: unknown; readonly remedy?: unknown; readonly told?: StartFault };
  return typeof message === 'string' && typeof remedy === 'string' && told !== undefined ? new FatalStartError(message, remedy, { cause: error, told }) : error;
}
