import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import { BrokenContract, RetryLater } from '#kernel';
import { errorCode, errorText } from '../process/system-error.js';
import { type KnownSecrets, knownSecrets, redact, redactText } from '../secrets/redact.js';
import { parseExactJson } from './exact-json.js';
import { findJson } from './find-json.js';
import { AnswerTooLarge, saveBody } from './save-body.js';
import { AddressRefused, assertPublicUrl, hostAndPort, publicLookup, type Resolve } from './public-address.js';

const EXCERPT_CHARS = 500;

export interface HttpClientOptions {
  /** Put before relative addresses. */
  readonly baseURL?: string;
  /** Largest answer, after decompression; default 32 MiB. */
  readonly maxBytes?: number;
  /** From the call to the last byte of the answer; default 30 000. */
  readonly timeoutMs?: number;
  /** Redirects followed by `fetchBytes`, each checked anew; default 0. `request` never follows any. */
  readonly maxRedirects?: number;
  /** Exact `host:port` entries that may be private: the sandbox, a shop in the same network. */
  readonly allowPrivate?: readonly string[];
  /** Asks the name servers; default that of the system. */
  readonly resolve?: Resolve;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sockets to one host at once; default 16. */
  readonly maxSockets?: number;
  readonly known?: KnownSecrets;
  /** Told after every call, with secrets already masked. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** One call and its answer, safe to log and to keep as evidence. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestBody: unknown;
  /** Absent when no answer came; then `failure` says why. */
  readonly status?: number;
  readonly failure?: string;
  readonly responseBody?: unknown;
  /** Wall time, ms since 1970, when the request left. */
  readonly startedAt: number;
  readonly ms: number;
}

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, or relative to `baseURL`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** The call may change something: when its answer is lost, the error says `unsure`. */
  readonly writes?: boolean;
  /** The JSON of the answer may stand among other text: it is looked for. */
  readonly amongText?: boolean;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

export interface JsonAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON with integers beyond 2^53 as text; undefined for an empty body; for an error status without JSON the first 500 characters. */
  readonly body: unknown;
}

export interface BytesAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** After redirects. */
  readonly url: string;
}

/** The failure of a call that brought no answer. Only a connection that was never made proves that nothing arrived. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRESSREFUSED', 'ERR_INVALID_URL', 'EMFILE', 'ENFILE', 'EADDRNOTAVAIL']);

interface Limits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** The one way out of the program over HTTP. No status is an error by itself; redirects are not followed; cookies are not kept. */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #allowed: ReadonlySet<string>;
  readonly #guarded: { httpAgent: http.Agent; httpsAgent: https.Agent };
  readonly #trusted: { httpAgent: http.Agent; httpsAgent: https.Agent };
  readonly #known: KnownSecrets;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#allowed = new Set((options.allowPrivate ?? []).map((entry) => entry.toLowerCase()));
    this.#known = options.known ?? knownSecrets;
    const pool = { keepAlive: true, maxSockets: options.maxSockets ?? 16, timeout: 120_000 };
    const lookup = publicLookup(options.resolve);
    this.#guarded = { httpAgent: new http.Agent({ ...pool, lookup }), httpsAgent: new https.Agent({ ...pool, lookup }) };
    this.#trusted = { httpAgent: new http.Agent(pool), httpsAgent: new https.Agent(pool) };
  }

  /**
   * JSON out, JSON in.
   * @throws RetryLater when no complete answer came, `unsure` when a write may have landed all the same
   * @throws BrokenContract when a success is not JSON, too large or nested too deep
   * @throws AddressRefused
   */
  async request(call: HttpCall): Promise<JsonAnswer> {
    const startedAt = Date.now();
    const url = this.#checked(call.url);
    try {
      const response = await this.#send(url, call);
      const body = readBody(response, call.writes === true, call.amongText === true);
      this.#tell(call, url, startedAt, { status: response.status, responseBody: body });
      return { status: response.status, headers: flat(response), body };
    } catch (error) {
      const told = this.#asChannelError(error, url, call.writes === true);
      this.#tell(call, url, startedAt, { failure: told.message });
      throw told;
    }
  }

  /** Raw bytes, for pictures and files; follows up to `maxRedirects` redirects, each checked like the first address. @throws as `request` */
  async fetchBytes(address: string, limits: Partial<Limits> & { readonly signal?: AbortSignal; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<BytesAnswer> {
    let url = this.#checked(address);
    const deadline = Date.now() + (limits.timeoutMs ?? this.#options.timeoutMs ?? 30_000);
    try {
      for (let left = this.#options.maxRedirects ?? 0; ; left -= 1) {
        const response = await this.#send(url, { method: 'GET', url: url.href, ...limits, timeoutMs: Math.max(deadline - Date.now(), 1) });
        const headers = flat(response);
        if (response.status < 300 || response.status >= 400 || response.status === 304 || headers['location'] === undefined || left <= 0) {
          return { status: response.status, headers, bytes: response.data, url: url.href };
        }
        url = this.#checked(new URL(headers['location'], url).href);
      }
    } catch (error) {
      throw this.#asChannelError(error, url, false);
    }
  }

  /**
   * Writes what lies at an address into a new file as it comes, whatever its size up to `maxBytes`; redirects as `fetchBytes`. With
   * any status but 200 no file is written. @throws as `request`; a file that was begun stays behind
   */
  async download(address: string, file: string, limits: Partial<Limits> & { readonly signal?: AbortSignal } = {}): Promise<Omit<BytesAnswer, 'bytes'> & { readonly size: number }> {
    let url = this.#checked(address);
    const timeout = AbortSignal.timeout(limits.timeoutMs ?? this.#options.timeoutMs ?? 30_000);
    const signal = limits.signal ? AbortSignal.any([limits.signal, timeout]) : timeout;
    try {
      for (let left = this.#options.maxRedirects ?? 0; ; left -= 1) {
        const response = await this.#send<Readable>(url, { method: 'GET', url: url.href, ...limits, signal }, 'stream');
        const headers = flat(response);
        const { status, data } = response;
        if (status >= 300 && status < 400 && headers['location'] !== undefined && left > 0) {
          data.destroy();
          url = this.#checked(new URL(headers['location'], url).href);
          continue;
        }
        if (status !== 200) data.destroy();
        return { status, headers, url: url.href, size: status === 200 ? await saveBody(data, file, limits.maxBytes ?? this.#options.maxBytes ?? 32 * 1024 * 1024, signal) : 0 };
      }
    } catch (error) {
      throw this.#asChannelError(timeout.aborted ? new NoAnswer('no complete answer in time', undefined) : error, url, false);
    }
  }

  /** Closes the sockets that are kept open. */
  close(): void {
    for (const agents of [this.#guarded, this.#trusted]) {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    }
  }

  #checked(address: string): URL {
    return assertPublicUrl(this.#options.baseURL === undefined ? address : new URL(address, this.#options.baseURL).href, this.#allowed);
  }

  async #send<Body = Buffer>(url: URL, call: HttpCall, responseType: 'arraybuffer' | 'stream' = 'arraybuffer'): Promise<AxiosResponse<Body>> {
    const controller = new AbortController();
    const cancel = (): void => controller.abort(new Error('the caller stopped waiting'));
    const timeoutMs = call.timeoutMs ?? this.#options.timeoutMs ?? 30_000;
    const timer = setTimeout(() => controller.abort(new Error(`no complete answer within ${timeoutMs} ms`)), timeoutMs);
    if (call.signal?.aborted === true) cancel();
    call.signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await axios.request<Body>({
        url: url.href,
        method: call.method,
        headers: { Accept: 'application/json', ...this.#options.headers, ...call.headers, ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        data: call.body === undefined ? undefined : JSON.stringify(call.body),
        transformRequest: (data: unknown) => data,
        responseType,
        maxRedirects: 0,
        maxContentLength: call.maxBytes ?? this.#options.maxBytes ?? 32 * 1024 * 1024,
        maxBodyLength: 64 * 1024 * 1024,
        validateStatus: () => true,
        transitional: { silentJSONParsing: false },
        signal: controller.signal,
        // A proxy of the environment would connect in our stead, past the address check.
        proxy: false,
        ...(this.#allowed.has(hostAndPort(url)) ? this.#trusted : this.#guarded),
      });
    } catch (error) {
      if (controller.signal.aborted) throw new NoAnswer(errorText(controller.signal.reason), undefined);
      if (error instanceof Error && /maxContentLength/.test(error.message)) throw new AnswerTooLarge(call.maxBytes ?? this.#options.maxBytes ?? 32 * 1024 * 1024);
      const refused = findRefusal(error);
      if (refused) throw refused;
      throw new NoAnswer(errorCode(error) ?? 'connection failed', errorCode(error));
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', cancel);
    }
  }

  /** The library's own errors carry the whole request, keys included: none of them leaves this file. */
  #asChannelError(error: unknown, url: URL, writes: boolean): Error {
    const where = `${url.host}${url.pathname}`;
    if (error instanceof AddressRefused || error instanceof BrokenContract || error instanceof RetryLater) return error;
    if (error instanceof NoAnswer) return new RetryLater(redactText(`${where}: ${error.message}`, this.#known), writes && !NEVER_ARRIVED.has(error.systemCode ?? ''));
    if (error instanceof AnswerTooLarge) return writes ? new RetryLater(`${where}: ${error.message}`, true) : new BrokenContract(`${where}: ${error.message}`);
    if (error instanceof NotJson) return new BrokenContract(redactText(`${where}: ${error.message}`, this.#known), redact(error.excerpt, this.#known));
    return new RetryLater(redactText(`${where}: ${errorText(error)}`, this.#known), writes);
  }

  #tell(call: HttpCall, url: URL, startedAt: number, outcome: { status?: number; failure?: string; responseBody?: unknown }): void {
    this.#options.onExchange?.({
      method: call.method,
      url: redactText(url.href, this.#known),
      requestBody: redact(call.body, this.#known),
      ...outcome,
      ...(outcome.responseBody === undefined ? {} : { responseBody: redact(outcome.responseBody, this.#known) }),
      startedAt,
      ms: Date.now() - startedAt,
    });
  }
}

export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  return new HttpClient(options);
}

class NoAnswer extends Error {
  constructor(
    message: string,
    readonly systemCode: string | undefined,
  ) {
    super(message);
  }
}

class NotJson extends Error {
  constructor(
    message: string,
    readonly excerpt: string,
  ) {
    super(message);
  }
}

function findRefusal(error: unknown): AddressRefused | undefined {
  if (error instanceof AddressRefused) return error;
  if (error instanceof Error && error.cause !== undefined) return findRefusal(error.cause);
  return undefined;
}

function flat(response: AxiosResponse): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}

/** A success of a write that is not JSON may still have been applied; the status of an error says enough without JSON. */
function readBody(response: AxiosResponse<Buffer>, writes: boolean, amongText: boolean): unknown {
  const bytes = Buffer.isBuffer(response.data) ? response.data : Buffer.from(response.data ?? '');
  if (bytes.length === 0) return undefined;
  try {
    return parseExactJson(bytes);
  } catch (error) {
    const found = amongText ? findJson(bytes) : undefined;
    if (found !== undefined) return found;
    const excerpt = bytes.toString('utf8', 0, EXCERPT_CHARS * 4).slice(0, EXCERPT_CHARS);
    if (response.status >= 300) return excerpt;
    if (writes) throw new RetryLater(`status ${response.status} with a body that is not JSON`, true);
    throw new NotJson(`status ${response.status} with a body that cannot be read: ${error instanceof SyntaxError ? 'it is not JSON' : errorText(error)}`, excerpt);
  }
}
