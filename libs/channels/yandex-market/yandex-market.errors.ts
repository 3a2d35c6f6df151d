import { type ChannelError, BrokenContract, Refused, RetryLater, Throttled, Unauthorised, Unsupported, readDocOrEmpty, readText } from '#kernel';
import { refusalsOf } from './yandex-market.diagnostics.js';

export interface YandexFailure {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** A request that may have changed something. */
  readonly writes: boolean;
  /** Account clock, ms. */
  readonly now: number;
  readonly bucket: string;
}

/** How long to wait after a 420 that does not tell: the windows of most methods are a minute. */
const WINDOW_MS = 60_000;
/** A request was one too many at the same moment: as soon as one of the others is answered there is room. */
const PARALLEL_MS = 1000;
const MIGRATION_MS = 15 * 60_000;
/** Their `Until` has whole seconds. */
const ROUNDING_MS = 1000;
const LONGEST_MS = 24 * 3_600_000;

const PARALLEL = /parallel requests/i;
const DEPRECATED = /deprecated/i;
const NO_STORE = /campaign not found|business not found/i;
const NO_METHOD = /resource not found/i;
const COMMON_PRICE_ONLY = /only default price/i;

/** A refused request as an error by recovery. Only the HTTP status steers; words decide where one status says two things. Pure. */
export function yandexError(failure: YandexFailure): ChannelError {
  const { status, path, body } = failure;
  const text = wordsOf(body);
  const said = `${path}: HTTP ${status}${text === '' ? '' : `: ${text}`}`;

  if (status === 420 || status === 429) return new Throttled(said, failure.now + waitMs(failure, text), failure.bucket);
  if (status === 401) return new Unauthorised(said);
  if (status === 403) return DEPRECATED.test(text) ? new Unsupported(said) : new Unauthorised(said);
  if (status === 404 && NO_STORE.test(text)) return new Unauthorised(said);
  if (status === 405 || (status === 404 && (NO_METHOD.test(text) || text === ''))) return new Unsupported(`${said} (the method is switched off)`);
  if (status === 423) return new RetryLater(said, false, COMMON_PRICE_ONLY.test(text) ? PARALLEL_MS : MIGRATION_MS);
  if (status >= 500 || status === 408 || status === 499) return new RetryLater(said, failure.writes);
  if (status >= 400) return new Refused(said, refusalsOf(text, status));
  return new BrokenContract(`${path}: HTTP ${status}, which no method answers`, body);
}

/** The store's own prices are locked now: what was known of the cabinet is out of date. */
export function isCommonPriceOnly(error: unknown): boolean {
  return error instanceof RetryLater && COMMON_PRICE_ONLY.test(error.message);
}

function waitMs(failure: YandexFailure, text: string): number {
  if (PARALLEL.test(text)) return PARALLEL_MS;
  return untilMs(failure.headers, failure.now) ?? WINDOW_MS;
}

/** Milliseconds from `now` until the window ends, by the answer's own clock where it tells the time. */
export function untilMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const until = Date.parse(headerOf(headers, 'x-ratelimit-resource-until') ?? '');
  if (!Number.isFinite(until)) return undefined;
  const told = Date.parse(headerOf(headers, 'date') ?? '');
  const near = Number.isFinite(told) && Math.abs(told - now) < LONGEST_MS ? told : now;
  return Math.min(LONGEST_MS, Math.max(ROUNDING_MS, until - near + ROUNDING_MS));
}

export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const direct = headers[name];
  if (direct !== undefined) return direct;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The messages of an error answer, in Market's own words. */
export function wordsOf(body: unknown): string {
  if (typeof body === 'string') return body.slice(0, 500);
  const { errors } = readDocOrEmpty(body);
  const list: readonly unknown[] = Array.isArray(errors) ? errors : [];
  return list
    .map(readDocOrEmpty)
    .map((error) => readText(error['message']) || readText(error['code']))
    .filter((text) => text !== '')
    .join('; ')
    .slice(0, 500);
}
