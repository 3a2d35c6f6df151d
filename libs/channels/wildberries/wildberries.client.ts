import { BrokenContract, RetryLater, Throttled, Unsupported } from '#kernel';
import { PRIORITY, type ChannelPorts, type Run, type Spend } from '#channels/contract';
import { headerOf, wildberriesError } from './wildberries.errors.js';
import { type BucketName, SANDBOX_BUCKET, extraCostOfError, intervalOf } from './wildberries.limits.js';
import type { Token } from './wildberries.token.js';

type Category = 'content' | 'prices' | 'marketplace' | 'analytics' | 'common';

interface Endpoint {
  readonly category: Category;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly bucket: BucketName;
  readonly writes: boolean;
  /** A report the adapter can do without. */
  readonly optional?: true;
  /** Not for tokens of these types. */
  readonly closedTo?: readonly Token['type'][];
}

const content = (method: Endpoint['method'], path: string, bucket: BucketName, writes = false): Endpoint => ({ category: 'content', method, path, bucket, writes });
const prices = (method: Endpoint['method'], path: string, writes = false): Endpoint => ({ category: 'prices', method, path, bucket: 'prices', writes });

/**
 * Every method in use, alive on 2026-10-09. This table is the only place that names a path, a host or a bucket.
 * See docs/channels/wildberries.md, "Endpoints".
 */
export const ENDPOINTS = {
  subjects: content('GET', '/content/v2/object/all', 'content'),
  characteristics: content('GET', '/content/v2/object/charcs/{subjectId}', 'content'),
  colors: content('GET', '/content/v2/directory/colors', 'directories'),
  kinds: content('GET', '/content/v2/directory/kinds', 'directories'),
  seasons: content('GET', '/content/v2/directory/seasons', 'directories'),
  vat: content('GET', '/content/v2/directory/vat', 'directories'),
  countries: content('GET', '/content/v2/directory/countries', 'content'),
  tnved: content('GET', '/content/v2/directory/tnved', 'content'),
  cards: content('POST', '/content/v2/get/cards/list', 'cards'),
  trashed: content('POST', '/content/v2/get/cards/trash', 'content'),
  drafts: content('POST', '/content/v2/cards/error/list', 'drafts'),
  cardLimits: content('GET', '/content/v2/cards/limits', 'cardLimits'),
  upload: content('POST', '/content/v2/cards/upload', 'upload', true),
  update: content('POST', '/content/v2/cards/update', 'update', true),
  saveMedia: content('POST', '/content/v3/media/save', 'media', true),
  trash: content('POST', '/content/v2/cards/delete/trash', 'trash', true),
  recover: content('POST', '/content/v2/cards/recover', 'recover', true),
  goods: prices('GET', '/api/v2/list/goods/filter'),
  goodsByIds: prices('POST', '/api/v2/list/goods/filter'),
  quarantine: prices('GET', '/api/v2/quarantine/goods'),
  setPrices: prices('POST', '/api/v2/upload/task', true),
  setSizePrices: prices('POST', '/api/v2/upload/task/size', true),
  priceTask: prices('GET', '/api/v2/history/tasks'),
  priceTaskGoods: prices('GET', '/api/v2/history/goods/task'),
  warehouses: { category: 'marketplace', method: 'GET', path: '/api/v3/warehouses', bucket: 'warehouses', writes: false },
  stocks: { category: 'marketplace', method: 'POST', path: '/api/v3/stocks/{warehouseId}', bucket: 'stocks', writes: false },
  setStocks: { category: 'marketplace', method: 'PUT', path: '/api/v3/stocks/{warehouseId}', bucket: 'stocks', writes: true },
  blocked: { category: 'analytics', method: 'GET', path: '/api/v1/analytics/banned-products/blocked', bucket: 'blocked', writes: false, optional: true, closedTo: ['test'] },
  rating: {
    category: 'analytics',
    method: 'POST',
    path: '/api/analytics/v2/item-rating',
    bucket: 'rating',
    writes: false,
    optional: true,
    closedTo: ['base', 'test'],
  },
  seller: { category: 'common', method: 'GET', path: '/api/v1/seller-info', bucket: 'seller', writes: false },
} as const satisfies Record<string, Endpoint>;
export type EndpointName = keyof typeof ENDPOINTS;

const HOSTS: Readonly<Record<Category, string>> = {
  content: 'content-api',
  prices: 'discounts-prices-api',
  marketplace: 'marketplace-api',
  analytics: 'seller-analytics-api',
  common: 'common-api',
};
const DOMAIN = 'wildberries.ru';

export const API_HOSTS: readonly string[] = Object.values(HOSTS).flatMap((host) => [`${host}.${DOMAIN}`, `${host}-sandbox.${DOMAIN}`]);

export interface WildberriesCredentials {
  readonly token: string;
  /** Stands in for every host, one folder each ("…/content-api/content/v2/…"); '' for the real ones. */
  readonly baseUrl: string;
}

export interface WildberriesCall {
  /** Replaces the part of the path in braces. */
  readonly id?: string | number;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

export interface WildberriesAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Wall time (ms) when the request left. */
  readonly startedAt: number;
}

const ATTEMPTS = 3;

/** The one way to Wildberries: hosts, budget, and errors by recovery. Reads are tried again a little; writes only after a 429, which is before the write. */
export class WildberriesClient {
  constructor(
    private readonly credentials: WildberriesCredentials,
    readonly token: Token,
    private readonly ports: ChannelPorts,
  ) {}

  /** Spends one unit of the method's bucket and answers any 2XX. Throws the kernel's channel errors. */
  async call(name: EndpointName, call: WildberriesCall, run: Run): Promise<WildberriesAnswer> {
    const endpoint: Endpoint = ENDPOINTS[name];
    if (endpoint.closedTo?.includes(this.token.type)) throw new Unsupported(`${endpoint.path} is closed to tokens of type "${this.token.type}"`);
    const spends = this.spends(endpoint);
    for (let attempt = 1; ; attempt += 1) {
      run.signal.throwIfAborted();
      await this.ports.budget.take(spends, run.priority, run.signal);
      const startedAt = Date.now();
      try {
        return { ...(await this.send(endpoint, call, run)), startedAt };
      } catch (error) {
        const wait = this.learn(error, endpoint, attempt);
        if (wait === undefined) throw error;
        if (wait > 0) await this.ports.clock.sleep(wait, run.signal);
      }
    }
  }

  private spends(endpoint: Endpoint): readonly Spend[] {
    const own = { bucket: endpoint.bucket, cost: 1 };
    return this.token.type === 'test' ? [own, { bucket: SANDBOX_BUCKET, cost: 1 }] : [own];
  }

  private async send(endpoint: Endpoint, call: WildberriesCall, run: Run): Promise<{ status: number; body: unknown }> {
    const answer = await this.ports.http.request({
      method: endpoint.method,
      url: this.url(endpoint, call),
      headers: { Authorization: this.credentials.token, ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(call.body === undefined ? {} : { body: call.body }),
      signal: run.signal,
      writes: endpoint.writes,
    });
    const { bucket } = endpoint;
    const now = this.ports.clock.now();
    // Somebody else spends of the same bucket: wait for the next unit instead of being told so.
    if (headerOf(answer.headers, 'x-ratelimit-remaining') === '0') this.ports.budget.block(bucket, now + intervalOf(bucket, this.token.type));
    if (answer.status >= 200 && answer.status < 300) return answer;
    const body = withoutToken(answer.body, this.credentials.token);
    const error = wildberriesError({ path: endpoint.path, ...answer, body, writes: endpoint.writes, optional: endpoint.optional === true, now, bucket });
    if (answer.status < 500 && answer.status !== 429) await this.payForError(endpoint, run);
    throw error;
  }

  /** On some hosts an answer with 4XX costs ten units: the other nine are taken before anybody sends again. */
  private async payForError(endpoint: Endpoint, run: Run): Promise<void> {
    const cost = extraCostOfError(endpoint.bucket);
    if (cost > 0) await this.ports.budget.take([{ bucket: endpoint.bucket, cost }], PRIORITY.stock, run.signal);
  }

  /** Tells what an error taught; answers how long to wait before the same call may be repeated here. */
  private learn(error: unknown, endpoint: Endpoint, attempt: number): number | undefined {
    if (error instanceof BrokenContract) this.ports.onBrokenContract(error);
    if (error instanceof Throttled) {
      this.ports.budget.block(endpoint.bucket, error.until);
      return attempt < ATTEMPTS ? 0 : undefined;
    }
    if (error instanceof RetryLater && !endpoint.writes && attempt < ATTEMPTS) return error.afterMs ?? attempt * attempt * 1000;
    return undefined;
  }

  private url(endpoint: Endpoint, call: WildberriesCall): string {
    const path = endpoint.path.replace(/\{\w+\}/, encodeURIComponent(String(call.id ?? '')));
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(call.query ?? {})) if (value !== undefined) query.set(key, String(value));
    const host = `${HOSTS[endpoint.category]}${this.token.type === 'test' ? '-sandbox' : ''}`;
    const base = this.credentials.baseUrl === '' ? `https://${host}.${DOMAIN}` : `${this.credentials.baseUrl}/${HOSTS[endpoint.category]}`;
    return `${base}${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
  }
}

/** The gateway may say what is wrong with a token by repeating it, or one of its parts. */
function withoutToken(body: unknown, token: string): unknown {
  const text = JSON.stringify(body) ?? '';
  const told = [token, ...token.split('.')].filter((part) => part.length > 8 && text.includes(part));
  return told.length === 0 ? body : (JSON.parse(told.reduce((left, part) => left.replaceAll(part, '***'), text)) as unknown);
}
