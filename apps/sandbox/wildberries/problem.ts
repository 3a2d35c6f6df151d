import { createHash } from 'node:crypto';

/** An answer other than a success, in the words of the family of hosts that gives it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** An object is sent as JSON, a string as plain text. */
    readonly body: object | string,
    readonly headers: Record<string, string> = {},
  ) {
    super(typeof body === 'string' ? body : JSON.stringify(body));
  }
}

/** The families of hosts, each with an envelope of its own. */
export type Family = 'content' | 'prices' | 'marketplace' | 'analytics';

export const contentProblem = (status: number, errorText: string, additionalErrors: object | null = {}): Problem =>
  new Problem(status, { data: null, error: true, errorText, additionalErrors });

export const pricesProblem = (status: number, errorText: string): Problem => new Problem(status, { data: null, error: true, errorText });

export const marketplaceProblem = (status: number, code: string, message: string): Problem => new Problem(status, { code, message, data: null });

export const analyticsProblem = (status: number, title: string, detail: string): Problem =>
  new Problem(status, { title, detail, requestId: idOf(title, detail), origin: 'analytics-open-api' });

/** What the gateway before every host answers. `at` is the channel's time as RFC 3339. */
export function gatewayProblem(status: 401 | 403 | 413 | 429, detail: string, at: string, headers: Record<string, string> = {}): Problem {
  const title = { 401: 'unauthorized', 403: 'forbidden', 413: 'request body too long', 429: 'too many requests' }[status];
  const statusText = { 401: 'Unauthorized', 403: 'Forbidden', 413: 'Request Entity Too Large', 429: 'Too Many Requests' }[status];
  const requestId = idOf(title, detail, at);
  return new Problem(
    status,
    { title, detail, code: `${requestId.slice(0, 8)}--${requestId.slice(8, 20)}`, requestId, origin: 's2s-api-auth-catalog', status, statusText, timestamp: at },
    headers,
  );
}

export const pathNotFound = (at: string): Problem =>
  new Problem(404, {
    title: 'path not found',
    detail: 'Please consult the https://dev.wildberries.ru/openapi/api-information',
    code: 'path not found',
    requestId: idOf('path', at),
    origin: 's2s-api-auth-catalog',
    status: 404,
    statusText: 'Not Found',
    timestamp: at,
  });

/** A body that does not have the shape of its method. */
export function malformed(family: Family): Problem {
  switch (family) {
    case 'content':
      return contentProblem(400, 'Invalid request format');
    case 'prices':
      return pricesProblem(400, 'Invalid data format');
    case 'marketplace':
      return marketplaceProblem(400, 'IncorrectRequestBody', 'Incorrect required body');
    case 'analytics':
      return analyticsProblem(400, 'Invalid request body', 'Check the request body and its parameters');
  }
}

/** A body that is no JSON at all. */
export const undecodable = (family: Family): Problem => (family === 'content' ? new Problem(400, 'Request body can not be decoded') : malformed(family));

const idOf = (...words: string[]): string => createHash('md5').update(words.join('/')).digest('hex');
