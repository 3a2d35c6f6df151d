import { type ChannelError, type Diagnostic, BrokenContract, Refused, RetryLater, Throttled, Unauthorised, Unsupported, readDocOrEmpty, readText } from '#kernel';

export interface WildberriesFailure {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** A request that may have changed something. */
  readonly writes: boolean;
  /** A report the adapter can do without: a token that may not read it does not stop the account. */
  readonly optional: boolean;
  /** Account clock, ms. */
  readonly now: number;
  readonly bucket: string;
}

const HOUR_MS = 3_600_000;
const SWITCHED_OFF = '(the method is switched off)';
const PROCESSING = /StoreIsProcessing/i;
const CURRENCY = /switching to another currency/i;

/** A refused request as an error by recovery. Pure; see docs/channels/wildberries.md, "Errors". */
export function wildberriesError(failure: WildberriesFailure): ChannelError {
  const { status, path, body } = failure;
  const { code, text } = wordsOf(body);
  const said = `${path}: HTTP ${status}${code === '' ? '' : ` ${code}`}${text === '' ? '' : `: ${text}`}`;

  if (status === 429) return new Throttled(said, failure.now + retryMs(failure.headers), failure.bucket);
  if (status === 401 || status === 402) return new Unauthorised(said);
  if (status === 403) return failure.optional || /not allowed/i.test(text) ? new Unsupported(said) : new Unauthorised(said);
  if (status === 404 && /path not found/i.test(readText(readDocOrEmpty(body)['title']))) return new Unsupported(`${said} ${SWITCHED_OFF}`);
  if (status === 406) return new RetryLater(said, false, code === 'WarehouseStocksUpdateBlock' ? 60_000 : HOUR_MS);
  if (status === 409 && PROCESSING.test(code)) return new RetryLater(said, false, 10_000);
  if (status === 409 && CURRENCY.test(text)) return new RetryLater(said, false, HOUR_MS);
  if (status >= 500 || status === 408) return new RetryLater(said, failure.writes);
  if (status >= 400) return new Refused(said, refusals(failure, code, text));
  return new BrokenContract(`${path}: HTTP ${status}, which no method answers`, body);
}

/** The method is gone for everybody, not closed to this token. */
export function isSwitchedOff(error: Unsupported): boolean {
  return error.message.endsWith(SWITCHED_OFF);
}

/** Seconds until a request is let through again; without the header, the least that any bucket asks for. */
function retryMs(headers: Readonly<Record<string, string>>): number {
  const seconds = Number(headerOf(headers, 'x-ratelimit-retry') ?? headerOf(headers, 'retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds * 1000) : 1000;
}

export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const direct = headers[name];
  if (direct !== undefined) return direct;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Each family of hosts has its own envelope of an error. */
export function wordsOf(body: unknown): { readonly code: string; readonly text: string } {
  if (typeof body === 'string') return { code: '', text: body.slice(0, 300) };
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const doc = readDocOrEmpty(first);
  const text = readText(doc['errorText']) || readText(doc['message']) || readText(doc['detail']) || readText(doc['title']);
  return { code: readText(doc['message']) === '' ? '' : readText(doc['code']), text: text.slice(0, 300) };
}

/** One diagnostic for each card the answer names (`params.card`), or one for the request as a whole. */
function refusals(failure: WildberriesFailure, code: string, text: string): readonly Diagnostic[] {
  const base = { status: failure.status, ...(code === '' ? {} : { code }) };
  const named = namedCards(failure.body);
  if (named.length === 0) return [{ severity: 'error', path: '', code: 'wildberries.refused', params: { ...base, message: text } }];
  return named.map(({ card, message, code: own }) => ({
    severity: 'error',
    path: '',
    code: 'wildberries.refused',
    params: { ...base, ...(own === '' ? {} : { code: own }), message: message === '' ? text : `${text} ${message}`.trim(), card },
  }));
}

interface NamedCard {
  /** Article (content), or size id (stocks). */
  readonly card: string;
  readonly code: string;
  readonly message: string;
}

/** Content: an object by article. Stocks: a list of refusals, each with the sizes it is about. */
function namedCards(body: unknown): readonly NamedCard[] {
  if (Array.isArray(body)) {
    return body.flatMap((entry) => {
      const doc = readDocOrEmpty(entry);
      const data: readonly unknown[] = Array.isArray(doc['data']) ? doc['data'] : [];
      return data
        .map((row) => ({ card: readText(readDocOrEmpty(row)['chrtId']), code: readText(doc['code']), message: readText(doc['message']) }))
        .filter((one) => one.card !== '');
    });
  }
  return Object.entries(readDocOrEmpty(readDocOrEmpty(body)['additionalErrors']))
    .filter(([name]) => name !== 'error' && name !== 'id')
    .map(([card, message]) => ({ card, code: '', message: Array.isArray(message) ? message.map(readText).join('; ') : readText(message) }));
}
