import type { Language } from '../texts/language.js';

/** What is wrong and what to do, in one language. */
export interface Explained {
  readonly message: string;
  readonly remedy?: string;
}

/**
 * One fault of a request: which field, what was found there (never a secret), and what to do. `code` names the text that says it in the
 * reader's language, with `params` in it; `message` and `remedy` are said where there is no such text.
 */
export interface FieldFault {
  readonly field: string;
  readonly value?: unknown;
  readonly code?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly remedy?: string;
  /** The texts of a library that has its own. */
  readonly explain?: (language: Language) => Explained;
}

export interface ProblemParts {
  /** Values in the texts of this problem. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What exactly stands in the way, where one code has several causes; stable, like the code. */
  readonly reason?: string;
  readonly detail?: string;
  readonly remedy?: string;
  readonly explain?: (language: Language) => Explained;
  readonly errors?: readonly FieldFault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer, for example the two revisions of a stale write. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * An error that is answered to the caller (RFC 9457). `code` is stable and is what programs go by; readers get the text of the code in
 * their language, logs get `title`.
 */
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
}

/** `what` names the thing ("The account"); its texts stand under that name. */
export function notFound(what: string, field: string, value: unknown): Problem {
  return new Problem(404, 'not-found', `${what} was not found`, { params: { thing: what }, errors: [{ field, value, code: 'not-found', message: `${what} was not found` }] });
}

/** A request whose faults have texts by their codes. */
export function faulty(...errors: readonly (FieldFault & { readonly code: string })[]): Problem {
  return new Problem(422, 'invalid', 'The request has a fault', { detail: errors.map(({ field, code }) => `${field}: ${code}`).join('; '), errors });
}
