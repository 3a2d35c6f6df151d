import { BrokenContract, RetryLater, Throttled, readDoc, type Doc } from '#kernel';
import type { ChannelPorts, Run } from '#channels/contract';
import { headerOf, untilMs, yandexError } from './yandex-market.errors.js';
import { type BucketName, costOf } from './yandex-market.limits.js';
import { Lanes } from './yandex-market.parallel.js';

interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly bucket: BucketName;
  readonly writes: boolean;
  /** How many requests of it Market takes at the same time, where that is not the usual four. */
  readonly parallel?: number;
}

const read = (path: string, bucket: BucketName, method: Endpoint['method'] = 'POST'): Endpoint => ({ method, path, bucket, writes: false });
const write = (path: string, bucket: BucketName, more: Partial<Endpoint> = {}): Endpoint => ({ method: 'POST', path, bucket, writes: true, ...more });

const BUSINESS = '/v2/businesses/{businessId}';
const CAMPAIGN = '/v2/campaigns/{campaignId}';
const PARTNER = '/v3/businesses/{businessId}';

/**
 * Every method in use, alive on 2026-11-22. The only place that names a path; its bucket has the same name as its limit.
 * See docs/channels/yandex-market.md, "Endpoints".
 */
export const ENDPOINTS = {
  token: read('/v2/auth/token', 'token'),
  campaigns: read('/v2/campaigns', 'campaigns', 'GET'),
  settings: read(`${BUSINESS}/settings`, 'settings'),
  warehouses: read(`${BUSINESS}/warehouses`, 'warehouses'),
  partnerWarehouses: read(`${PARTNER}/warehouses`, 'partnerWarehouses'),
  tree: read('/v2/categories/tree', 'tree'),
  parameters: read('/v2/category/{categoryId}/parameters', 'parameters'),
  mappings: read(`${BUSINESS}/offer-mappings`, 'mappings'),
  cards: read(`${BUSINESS}/offer-cards`, 'cards'),
  campaignOffers: read(`${CAMPAIGN}/offers`, 'campaignOffers'),
  defaultPrices: read(`${BUSINESS}/offer-prices`, 'defaultPrices'),
  quarantine: read(`${BUSINESS}/price-quarantine`, 'quarantine'),
  storeQuarantine: read(`${CAMPAIGN}/price-quarantine`, 'quarantine'),
  stocks: read(`${CAMPAIGN}/offers/stocks`, 'stocks'),
  partnerStocks: read(`${PARTNER}/offers/stocks`, 'partnerStocks'),
  updateOffers: write(`${BUSINESS}/offer-mappings/update`, 'updateOffers'),
  archive: write(`${BUSINESS}/offer-mappings/archive`, 'archive'),
  unarchive: write(`${BUSINESS}/offer-mappings/unarchive`, 'unarchive'),
  show: write(`${CAMPAIGN}/hidden-offers/delete`, 'show'),
  commonPrices: write(`${BUSINESS}/offer-prices/updates`, 'commonPrices'),
  storePrices: write(`${CAMPAIGN}/offer-prices/updates`, 'storePrices', { parallel: 12 }),
  confirmPrices: write(`${BUSINESS}/price-quarantine/confirm`, 'confirmPrices'),
  confirmStorePrices: write(`${CAMPAIGN}/price-quarantine/confirm`, 'confirmPrices'),
  setStocks: write(`${CAMPAIGN}/offers/stocks`, 'setStocks', { method: 'PUT' }),
  setPartnerStocks: write(`${PARTNER}/offers/stocks/update`, 'setPartnerStocks'),
} as const satisfies Record<string, Endpoint>;
export type EndpointName = keyof typeof ENDPOINTS;

export const YANDEX_API = 'https://api.partner.market.yandex.ru';

export interface YandexCredentials {
  readonly apiKey: string;
  readonly baseUrl: string;
}

export interface YandexCall {
  /** Values of the parts of the path in braces. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** How many items are sent, or asked for by name: some limits count these. */
  readonly items?: number;
}

export interface YandexAnswer {
  readonly body: Doc;
  /** Wall time (ms) when the request left. */
  readonly startedAt: number;
}

const ATTEMPTS = 3;
const PARALLEL = 4;

/** The one way to Market: budget, parallel limit, and errors by recovery. Reads are tried again a little; writes only after a 420, which is before the write. */
export class YandexClient {
  private readonly lanes = new Lanes();

  constructor(
    private readonly credentials: YandexCredentials,
    readonly ports: ChannelPorts,
  ) {}

  /** Spends from the method's bucket and answers the JSON object of a 200. Throws the kernel's channel errors. */
  async call(name: EndpointName, call: YandexCall, run: Run): Promise<YandexAnswer> {
    const endpoint: Endpoint = ENDPOINTS[name];
    const spends = [{ bucket: endpoint.bucket, cost: costOf(endpoint.bucket, call.items ?? 1) }];
    for (let attempt = 1; ; attempt += 1) {
      run.signal.throwIfAborted();
      await this.ports.budget.take(spends, run.priority, run.signal);
      try {
        return await this.lanes.run(entityOf(endpoint, call), endpoint.parallel ?? PARALLEL, run.signal, () => this.send(endpoint, call, run));
      } catch (error) {
        const wait = this.learn(error, endpoint, attempt);
        if (wait === undefined) throw error;
        if (wait > 0) await this.ports.clock.sleep(wait, run.signal);
      }
    }
  }

  private async send(endpoint: Endpoint, call: YandexCall, run: Run): Promise<YandexAnswer> {
    const startedAt = Date.now();
    const answer = await this.ports.http.request({
      method: endpoint.method,
      url: this.url(endpoint, call),
      // Of a POST without a body too the kind of content is looked at.
      headers: { 'Api-Key': this.credentials.apiKey, ...(endpoint.method === 'GET' ? {} : { 'Content-Type': 'application/json' }) },
      ...(call.body === undefined ? {} : { body: call.body }),
      signal: run.signal,
      writes: endpoint.writes,
    });
    const now = this.ports.clock.now();
    if (answer.status === 200) {
      // Somebody else spends of the same limit: wait for its next window instead of being told so.
      const wait = headerOf(answer.headers, 'x-ratelimit-resource-remaining') === '0' ? untilMs(answer.headers, now) : undefined;
      if (wait !== undefined) this.ports.budget.block(endpoint.bucket, now + wait);
      return { body: readDoc(answer.body, endpoint.path), startedAt };
    }
    const body = withoutKey(answer.body, this.credentials.apiKey);
    throw yandexError({ path: endpoint.path, status: answer.status, headers: answer.headers, body, writes: endpoint.writes, now, bucket: endpoint.bucket });
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

  private url(endpoint: Endpoint, call: YandexCall): string {
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(call.ids?.[name] ?? ''));
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(call.query ?? {})) if (value !== undefined) query.set(key, String(value));
    return `${this.credentials.baseUrl}${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
  }
}

/** What the parallel limit counts: the store, else the cabinet. */
function entityOf(endpoint: Endpoint, call: YandexCall): string {
  const own = endpoint.parallel === undefined ? '' : ` ${endpoint.path}`;
  return endpoint.path.includes('{campaignId}') ? `campaign ${call.ids?.['campaignId'] ?? ''}${own}` : `business${own}`;
}

function withoutKey(body: unknown, apiKey: string): unknown {
  const text = JSON.stringify(body) ?? '';
  const told = [apiKey, ...apiKey.split(':')].filter((part) => part.length > 5 && text.includes(part));
  return told.length === 0 ? body : (JSON.parse(told.reduce((left, part) => left.replaceAll(part, '***'), text)) as unknown);
}
