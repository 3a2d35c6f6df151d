import type { Diagnostic } from './diagnostics.js';

/** Channel failures by what the loop must do next, not by where they came from. Messages never carry a secret. */
export abstract class ChannelError extends Error {
  abstract readonly recovery: 'retry' | 'wait' | 'refuse' | 'stop-account' | 'unsupported' | 'contract';
  override get name(): string {
    return this.constructor.name;
  }
}

/** Network trouble or a 5xx: the same call may be tried again. `unsure` says a write may have been applied. */
export class RetryLater extends ChannelError {
  readonly recovery = 'retry';
  constructor(
    message: string,
    readonly unsure = false,
    readonly afterMs?: number,
  ) {
    super(message);
  }
}

/** A limit answered: nothing of this account's `bucket` may be sent before `until` (account clock, ms). */
export class Throttled extends ChannelError {
  readonly recovery = 'wait';
  constructor(
    message: string,
    readonly until: number,
    readonly bucket?: string,
  ) {
    super(message);
  }
}

/** The channel rejects these values: stop until the revision or the schema changes. */
export class Refused extends ChannelError {
  readonly recovery = 'refuse';
  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super(message);
  }
}

/** Key revoked, expired or lacking a role: the whole account stops and a person is told. */
export class Unauthorised extends ChannelError {
  readonly recovery = 'stop-account';
}

export class Unsupported extends ChannelError {
  readonly recovery = 'unsupported';
}

/** An answer that does not fit what is known of the API. `body` is kept (redacted) as evidence. */
export class BrokenContract extends ChannelError {
  readonly recovery = 'contract';
  constructor(
    message: string,
    readonly body?: unknown,
  ) {
    super(message);
  }
}
