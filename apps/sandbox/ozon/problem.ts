/** An answer other than 200, in the channel's own envelope. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: number | string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  body(): object {
    return typeof this.code === 'string' ? { code: this.code, message: this.message } : { code: this.code, message: this.message, details: [] };
  }
}

export const badRequest = (message: string): Problem => new Problem(400, 3, message);
export const notFound = (message: string): Problem => new Problem(404, 5, message);
