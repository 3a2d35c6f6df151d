/** One fault of a request: which field, what was found there (never a secret), and what to do. */
export interface FieldFault {
  readonly field: string;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy?: string;
}

export interface ProblemParts {
  readonly detail?: string;
  readonly remedy?: string;
  readonly errors?: readonly FieldFault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer, for example the two revisions of a stale write. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** An error that is answered as it stands (RFC 9457). `code` is stable and is what programs and translations go by. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly parts: ProblemParts = {},
  ) {
    super(parts.detail ?? title);
  }

  body(instance: string): Record<string, unknown> {
    const { detail, remedy, errors, more } = this.parts;
    return { type: `/api/problems#${this.code}`, title: this.title, status: this.status, code: this.code, detail, remedy, instance, errors, ...more };
  }
}

export function notFound(what: string, field: string, value: unknown): Problem {
  return new Problem(404, 'not-found', `${what} was not found`, { errors: [{ field, value, message: `${what} was not found` }] });
}

export function invalid(field: string, value: unknown, message: string, remedy?: string): Problem {
  return new Problem(422, 'invalid', 'The request has a fault', { detail: `${field}: ${message}`, errors: [{ field, value, message, remedy }] });
}
