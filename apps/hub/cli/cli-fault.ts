/** Something the caller must put right: a wrong command, or a hub that does not answer. Its text stands under its code. Ends with exit code 2. */
export class CliFault extends Error {
  override readonly name = 'CliFault';
  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}

/** What the hub refused, in the words it answered. Ends with exit code 2. */
export class HubRefusal extends Error {
  override readonly name = 'HubRefusal';
  constructor(
    message: string,
    readonly remedy: string | undefined,
  ) {
    super(message);
  }
}
