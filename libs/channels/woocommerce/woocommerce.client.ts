import { BrokenContract, RetryLater, Throttled, readList } from '#kernel';
import type { ChannelPorts, Run } from '#channels/contract';
import { sign, type Query, type SiteKey } from './woocommerce.auth.js';
import { BUCKET, siteError } from './woocommerce.errors.js';
import { Gate } from './woocommerce.gate.js';

export interface SiteCredentials extends SiteKey {
  /** The site's own address, without a slash at the end. */
  readonly siteUrl: string;
}

export interface SiteCall {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

export interface SiteAnswer {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Wall time (ms) when the request left. */
  readonly startedAt: number;
}

export interface SitePage {
  readonly items: readonly unknown[];
  /** How many pages there are; undefined when something on the way took the header away. */
  readonly pages: number | undefined;
  readonly startedAt: number;
}

const ATTEMPTS = 2;
/** A small host has few workers; more of us at once would only wait in its queue, and its buyers with us. */
const AT_ONCE = 3;
/** An answer slower than this says that the host is busy: it gets as long a rest. */
const SLOW_MS = 5_000;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 30_000;

/** The one way to a site: proof, budget, politeness, errors by recovery. Reads are tried again a little; writes never. */
export class WooClient {
  private readonly gate = new Gate(AT_ONCE);
  private failures = 0;

  constructor(
    private readonly credentials: SiteCredentials,
    private readonly ports: ChannelPorts,
  ) {}

  get overTls(): boolean {
    return !this.credentials.siteUrl.startsWith('http://');
  }

  /** `path` starts with a slash, behind `/wp-json/wc/v3`. Throws the kernel's channel errors. */
  async call(method: 'GET' | 'POST' | 'PUT', path: string, call: SiteCall, run: Run): Promise<SiteAnswer> {
    const writes = method !== 'GET';
    for (let attempt = 1; ; attempt += 1) {
      run.signal.throwIfAborted();
      await this.ports.budget.take([{ bucket: BUCKET, cost: 1 }], run.priority, run.signal);
      try {
        return await this.gate.through(run.signal, () => this.send(method, path, call, writes, run));
      } catch (error) {
        this.tell(error);
        if (writes || attempt >= ATTEMPTS || !(error instanceof RetryLater)) throw error;
      }
    }
  }

  /** One page of a list. Throws `BrokenContract` when the answer is no list. */
  async page(path: string, query: SiteCall['query'], run: Run): Promise<SitePage> {
    const { body, headers, startedAt } = await this.call('GET', path, { query }, run);
    if (!Array.isArray(body)) {
      const broken = new BrokenContract(`${path}: expected a list`, body);
      this.tell(broken);
      throw broken;
    }
    const told = headers['x-wp-totalpages'];
    return { items: readList(body, path), pages: told !== undefined && /^\d+$/.test(told) ? Number(told) : undefined, startedAt };
  }

  private async send(method: 'GET' | 'POST' | 'PUT', path: string, { query, body }: SiteCall, writes: boolean, run: Run): Promise<SiteAnswer> {
    const { url, headers } = sign(method, `${this.credentials.siteUrl}/wp-json/wc/v3${path}`, textQuery(query), this.credentials);
    const startedAt = Date.now();
    const answer = await this.ports.http.request({ method, url, headers, ...(body === undefined ? {} : { body }), signal: run.signal, writes, amongText: true });
    const now = this.ports.clock.now();
    if (answer.status < 200 || answer.status >= 300) {
      throw siteError({ path, status: answer.status, headers: lowerCase(answer.headers), body: withoutSecrets(answer.body, this.credentials), writes, now });
    }
    this.failures = 0;
    const tookMs = Date.now() - startedAt;
    if (tookMs > SLOW_MS) this.ports.budget.block(BUCKET, now + Math.min(tookMs, LONGEST_REST_MS));
    return { body: answer.body, headers: lowerCase(answer.headers), startedAt };
  }

  private tell(error: unknown): void {
    if (error instanceof BrokenContract) this.ports.onBrokenContract(error);
    if (error instanceof Throttled) this.ports.budget.block(BUCKET, error.until);
    if (!(error instanceof RetryLater)) {
      this.failures = 0;
      return;
    }
    this.failures += 1;
    this.ports.budget.block(BUCKET, this.ports.clock.now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (this.failures - 1)));
  }
}

function textQuery(query: SiteCall['query']): Query {
  return Object.fromEntries(Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

function lowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A site in trouble may print what it was sent. */
function withoutSecrets(body: unknown, { consumerKey, consumerSecret }: SiteKey): unknown {
  const text = JSON.stringify(body) ?? '';
  const told = [consumerKey, consumerSecret].filter((part) => part.length > 4 && text.includes(part));
  return told.length === 0 ? body : (JSON.parse(told.reduce((left, part) => left.replaceAll(part, '***'), text)) as unknown);
}
