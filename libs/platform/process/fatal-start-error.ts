/**
 * A reason not to start that a person can act on. `message` is one sentence that says what is wrong, `remedy` one sentence
 * that says what to do. Neither carries a secret. The entry point prints both and exits with a code other than 0.
 */
export class FatalStartError extends Error {
  override readonly name = 'FatalStartError';

  constructor(
    message: string,
    readonly remedy: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The two lines shown to a person: what is wrong and what to do. */
export function describeFatalStart(error: FatalStartError): string {
  return `${error.message}\n→ ${error.remedy}`;
}
