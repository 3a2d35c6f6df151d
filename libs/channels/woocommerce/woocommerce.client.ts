import { BrokenContract, RetryLater, Throttled, readList } from '#kernel';
import type { ChannelPorts, Run } from '#channels/contract';
import { sign, type Proof, type Query, type SiteKey } from './woocommerce.auth.js';
import { BUCKET, siteError } from './woocommerce.errors.js';
import { Gate } from './woocommerce.gate.js';
import { ProofFinder } from './woocommerce.proof-finder.js';

export interface SiteCredentials extends SiteKey {
  /** The site's own address, without a slash at the end. */
  readonly siteUrl: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface SiteCall {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** The site has work to do that takes its time: that it is slow then says nothing. */
  readonly heavy?: boolean;
}

export interface SiteAnswer {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Wall time (ms) of what the answer shows: when the request left, or earlier by the age that a cache in front of the site tells. */
  readonly startedAt: number;
  /** Wall time that the site took, ms. */
  readonly tookMs: number;
}

export interface SitePage {
  readonly items: readonly unknown[];
  /** How many pages there are; undefined when something on the way took the header away. */
  readonly pages: number | undefined;
  readonly startedAt: number;
}

/** Walls in front of sites turn away what calls itself by the name of a library. */
const AGENT = 'Etalon (catalog sync)';
const ATTEMPTS = 2;
/** A small host has few workers; more of us at once would only wait in its queue, and its buyers with us. */
const AT_ONCE = 3;
/** An answer slower than this says that the host is busy: it gets as long a rest. */
const SLOW_MS = 5_000;
const SLOW_HEAVY_MS = 30_000;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 30_000;

/** The one way to a site: proof, budget, politeness, errors by recovery. Reads are tried again a little; writes never. */
export class WooClient {
  private readonly gate = new Gate(AT_ONCE);
  private readonly proofs: ProofFinder;
  private failures = 0;
  /** Reads that succeeded so far. */
  reads = 0;

  constructor(
    private readonly credentials: SiteCredentials,
    private readonly ports: ChannelPorts,
  ) {
    this.proofs = new ProofFinder(credentials.siteUrl);
  }

  get overTls(): boolean {
    return !this.credentials.siteUrl.startsWith('http://');
  }

  /**
   * `path` starts with a slash, behind `/wp-json/wc/v3`; a change of a thing may go by POST as well as by PUT, and every host lets that through. Throws the kernel's channel
   * errors. Refused for want of a key nothing was done, so that the same may be sent with the key in another form.
   */
  async call(method: Method, path: string, call: SiteCall, run: Run): Promise<SiteAnswer> {
    const writes = method !== 'GET';
    for (let attempt = 1, ways = 1; ;) {
      run.signal.throwIfAborted();
      await this.ports.budget.take([{ bucket: BUCKET, cost: 1 }], run.priority, run.signal);
      const proof = this.proofs.now;
      try {
        const answer = await this.gate.through(run.signal, () => this.send(method, path, call, proof, run));
        this.proofs.worked(proof);
        return answer;
      } catch (error) {
        this.tell(error);
        if (this.proofs.another(proof, error) && ways < this.proofs.ways) {
          ways += 1;
          continue;
        }
        if (writes || attempt >= ATTEMPTS || !(error instanceof RetryLater)) throw error;
        attempt += 1;
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

  private async send(method: Method, path: string, { query, body, heavy = false }: SiteCall, proof: Proof, run: Run): Promise<SiteAnswer> {
    const { url, headers } = sign(method, `${this.credentials.siteUrl}/wp-json/wc/v3${path}`, textQuery(query), this.credentials, proof);
    const writes = method !== 'GET';
    const sentAt = Date.now();
    const answer = await this.ports.http.request({
      method,
      url,
      headers: { ...headers, 'User-Agent': AGENT },
      ...(body === undefined ? {} : { body }),
      signal: run.signal,
      writes,
      amongText: true,
    });
    const tookMs = Date.now() - sentAt;
    const now = this.ports.clock.now();
    const told = lowerCase(answer.headers);
    if (answer.status < 200 || answer.status >= 300) {
      throw siteError({ path, status: answer.status, headers: told, body: withoutSecrets(answer.body, this.credentials), writes, now });
    }
    this.failures = 0;
    if (!writes) this.reads += 1;
    if (tookMs > (heavy ? SLOW_HEAVY_MS : SLOW_MS)) this.ports.budget.block(BUCKET, now + Math.min(tookMs, LONGEST_REST_MS));
    return { body: answer.body, headers: told, startedAt: sentAt - ageMs(told), tookMs };
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

/** How old a cache says its copy is: what a site keeps before itself may show a product as it was before our last change. */
function ageMs({ age }: Readonly<Record<string, string>>): number {
  return age !== undefined && /^\d{1,9}$/.test(age) ? Number(age) * 1000 : 0;
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
