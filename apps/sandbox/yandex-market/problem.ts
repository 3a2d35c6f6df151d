/** An answer other than a success. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  get body(): object {
    return { status: 'ERROR', errors: [{ code: this.code, message: this.message }] };
  }
}

export const badRequest = (message: string, code = 'BAD_REQUEST'): Problem => new Problem(400, code, message);
export const unauthorised = (message: string): Problem => new Problem(401, 'UNAUTHORIZED', message);
export const forbidden = (message: string): Problem => new Problem(403, 'FORBIDDEN', message);
export const notFound = (message: string): Problem => new Problem(404, 'NOT_FOUND', message);
export const locked = (message: string): Problem => new Problem(423, 'LOCKED', message);
export const internal = (): Problem => new Problem(500, 'INTERNAL_ERROR', 'Internal server error');
