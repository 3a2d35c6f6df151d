import { type ChannelError, type Diagnostic, BrokenContract, Refused, RetryLater, Throttled, Unauthorised, Unsupported, readDocOrEmpty, readText } from '#kernel';

export interface OzonFailure {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** A request that may have changed something. */
  readonly writes: boolean;
  /** Account clock, ms. */
  readonly now: number;
  /** The bucket of this method's own limit, when it has one. */
  readonly methodBucket?: string;
  /** The daily bucket this request draws from, when it does. */
  readonly dailyBucket?: string;
}

/** How long a method stays closed after "Circle is open" when no Retry-After came along. */
export const CIRCLE_MS = 5 * 60_000;
/** A wait for items longer than this is the daily quota's, not the minute's. */
const MINUTE_LIMIT_MS = 10 * 60_000;

const OBSOLETE = /obsolete method|method is not allowed/i;
const CIRCLE = /circle is open/i;
const BAD_KEY = /api-?key|offer not signed|company is blocked|client-?id/i;
const SUBSCRIPTION = /subscription/i;

/** A refused request as an error by recovery. Pure; see docs/channels/ozon.md, "Errors". */
export function ozonError(failure: OzonFailure): ChannelError {
  const { status, body, path } = failure;
  const doc = readDocOrEmpty(body);
  const message = readText(doc['message']).slice(0, 500);
  const code = readText(doc['code']);
  const said = message === '' ? `HTTP ${status}` : `HTTP ${status}: ${message}`;

  if (CIRCLE.test(message)) {
    return new Throttled(`${path}: ${said}`, failure.now + (seconds(failure.headers) ?? CIRCLE_MS), `method:${path}`);
  }
  if (status === 429) return throttled(failure, code, message);
  if (status === 410 || OBSOLETE.test(message)) return new Unsupported(`${path} is switched off: ${said}`);
  if (status === 401 || code === '16' || code === 'UNAUTHENTICATED') return new Unauthorised(`${path}: ${said}`);
  if (status === 403) {
    return SUBSCRIPTION.test(message) ? new Unsupported(`${path}: ${said}`) : new Unauthorised(`${path}: ${said}`);
  }
  if (status === 400 && BAD_KEY.test(message)) return new Unauthorised(`${path}: ${said}`);
  if (status >= 500 || status === 408) return new RetryLater(`${path}: ${said}`, failure.writes, seconds(failure.headers));
  if (status === 409) return new RetryLater(`${path}: ${said}`, false, seconds(failure.headers));
  if (status >= 400) return new Refused(`${path}: ${said}`, [refusal(status, code, message)]);
  return new BrokenContract(`${path}: HTTP ${status}, which no method answers`, body);
}

/** True for the answer "there is no such thing" (a task, or a page past the last). */
export function isNotFound(error: unknown): boolean {
  return error instanceof Refused && error.diagnostics.some((d) => d.code === 'ozon.not-found');
}

function throttled(failure: OzonFailure, code: string, message: string): Throttled {
  const minutes = positive(header(failure.headers, 'item-retry-after'));
  const byText = /retry after (\d+) seconds/i.exec(message);
  const items = minutes !== undefined || code === 'RESOURCE_EXHAUSTED' || /items? limits?/i.test(message);
  if (items) {
    const wait = minutes !== undefined ? minutes * 60_000 : byText ? Number(byText[1]) * 1000 : 60_000;
    const bucket = wait > MINUTE_LIMIT_MS ? (failure.dailyBucket ?? 'items') : 'items';
    return new Throttled(`${failure.path}: ${message || 'item limit reached'}`, failure.now + wait, bucket);
  }
  const bucket = failure.methodBucket ?? 'rps';
  return new Throttled(`${failure.path}: ${message || 'rate limit reached'}`, failure.now + (seconds(failure.headers) ?? 1000), bucket);
}

function refusal(status: number, code: string, message: string): Diagnostic {
  const name = status === 404 ? 'ozon.not-found' : 'ozon.refused';
  return { severity: 'error', path: '', code: name, params: { status, ...(code === '' ? {} : { code }), message } };
}

function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const direct = headers[name];
  if (direct !== undefined) return direct;
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === name) return value;
  return undefined;
}

function seconds(headers: Readonly<Record<string, string>>): number | undefined {
  const value = positive(header(headers, 'retry-after'));
  return value === undefined ? undefined : value * 1000;
}

function positive(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
