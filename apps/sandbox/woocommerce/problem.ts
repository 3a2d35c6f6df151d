/** An answer other than a success, in the shop's words. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    private readonly more: object = {},
  ) {
    super(message);
  }

  body(): { code: string; message: string; data: object } {
    return { code: this.code, message: this.message, data: { status: this.status, ...this.more } };
  }
}

/** What stands before the shop (host, guard) answers in its place, and never in JSON. */
export class HostProblem extends Error {
  constructor(
    readonly status: 403 | 429 | 503,
    readonly headers: Record<string, string> = {},
  ) {
    super(TITLES[status]);
  }

  page(): string {
    return `<html>\r\n<head><title>${this.status} ${this.message}</title></head>\r\n<body>\r\n<center><h1>${this.status} ${this.message}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  }
}

const TITLES = { 403: 'Forbidden', 429: 'Too Many Requests', 503: 'Service Temporarily Unavailable' } as const;

export interface Fault {
  readonly code: string;
  readonly message: string;
}

/** Members that do not have the type or the bounds they should. */
export function invalidParams(faults: Readonly<Record<string, Fault>>): Problem {
  const names = Object.keys(faults);
  return new Problem(400, 'rest_invalid_param', `Invalid parameter(s): ${names.join(', ')}`, {
    params: Object.fromEntries(names.map((name) => [name, faults[name]?.message])),
    details: Object.fromEntries(names.map((name) => [name, { ...faults[name], data: { param: name } }])),
  });
}

export const missingParams = (names: readonly string[]): Problem => new Problem(400, 'rest_missing_callback_param', `Missing parameter(s): ${names.join(', ')}`, { params: names });

export const noRoute = (): Problem => new Problem(404, 'rest_no_route', 'No route was found matching the URL and request method.');

export const invalidJson = (): Problem => new Problem(400, 'rest_invalid_json', 'Invalid JSON body passed.', { json_error_code: 4, json_error_message: 'Syntax error' });

/** An id of which there is nothing ("product", "term"…). */
export const invalidId = (what: string): Problem => new Problem(404, `woocommerce_rest_${what}_invalid_id`, 'Invalid ID.');
