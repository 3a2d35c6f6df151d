import { BrokenContract, RetryLater, Throttled, type Doc, readDoc } from '#kernel';
import type { ChannelPorts, Run, Spend } from '#channels/contract';
import { ozonError } from './ozon.errors.js';

export interface Endpoint {
  readonly path: string;
  readonly writes: boolean;
  /** The bucket of a limit that this method has beside the account-wide one. */
  readonly bucket?: string;
  /** A key without the right to it serves all the same. */
  readonly optional?: true;
}

/**
 * Every method in use, alive on 2026-11-21 by the official schema of 2026-10-01. Versions move: this table is the only
 * place that names a path. See docs/channels/ozon.md, "Endpoints".
 */
export const ENDPOINTS = {
  roles: { path: '/v1/roles', writes: false },
  seller: { path: '/v1/seller/info', writes: false },
  limits: { path: '/v4/product/info/limit', writes: false },
  tree: { path: '/v1/description-category/tree', writes: false },
  attributeSchema: { path: '/v1/description-category/attribute', writes: false },
  attributeValues: { path: '/v1/description-category/attribute/values', writes: false },
  attributeValueSearch: { path: '/v1/description-category/attribute/values/search', writes: false },
  warehouses: { path: '/v2/warehouse/list', writes: false },
  list: { path: '/v3/product/list', writes: false },
  info: { path: '/v3/product/info/list', writes: false },
  attributes: { path: '/v4/product/info/attributes', writes: false },
  stocks: { path: '/v4/product/info/stocks', writes: false },
  stocksByWarehouse: { path: '/v2/product/info/stocks-by-warehouse/fbs', writes: false },
  task: { path: '/v1/product/import/info', writes: false },
  import: { path: '/v3/product/import', writes: true },
  updateAttributes: { path: '/v1/product/attributes/update', writes: true },
  updatePictures: { path: '/v2/product/pictures/import', writes: true },
  updatePrices: { path: '/v1/product/import/prices', writes: true },
  updateStocks: { path: '/v2/products/stocks', writes: true, bucket: 'stock_calls' },
  archive: { path: '/v1/product/archive', writes: true },
  unarchive: { path: '/v1/product/unarchive', writes: true },
  floorTimers: { path: '/v1/product/action/timer/status', writes: false, optional: true },
  renewFloors: { path: '/v1/product/action/timer/update', writes: true, optional: true },
  addBarcodes: { path: '/v1/barcode/add', writes: true, bucket: 'barcode_calls' },
} as const satisfies Record<string, Endpoint>;
export type EndpointName = keyof typeof ENDPOINTS;

export interface OzonCredentials {
  readonly clientId: string;
  readonly apiKey: string;
  readonly baseUrl: string;
}

export interface OzonAnswer {
  readonly body: Doc;
  /** Wall time (ms) when the request left. */
  readonly startedAt: number;
}

const ATTEMPTS = 3;
const ONE_CALL: readonly Spend[] = [{ bucket: 'rps', cost: 1 }];

/** The one way to Ozon: headers, budget, and errors by recovery. Reads are tried again a little; writes never are. */
export class OzonClient {
  private readonly closed = new Map<string, number>();
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    private readonly credentials: OzonCredentials,
    private readonly ports: ChannelPorts,
  ) {
    this.headers = { 'Client-Id': credentials.clientId, 'Api-Key': credentials.apiKey, 'Content-Type': 'application/json' };
  }

  /** Spends `spends` (one call by default) and answers the JSON object of a 200. Throws the kernel's channel errors. */
  async call(name: EndpointName, body: unknown, run: Run, spends: readonly Spend[] = ONE_CALL): Promise<OzonAnswer> {
    const endpoint: Endpoint = ENDPOINTS[name];
    let due = spends;
    for (let attempt = 1; ; attempt += 1) {
      run.signal.throwIfAborted();
      this.refuseWhileClosed(endpoint.path);
      await this.ports.budget.take(due, run.priority, run.signal);
      const startedAt = Date.now();
      try {
        return { body: await this.send(endpoint, body, run, spends), startedAt };
      } catch (error) {
        const wait = this.learn(error, endpoint, attempt);
        if (wait === undefined) throw error;
        if (wait > 0) await this.ports.clock.sleep(wait, run.signal);
        // What was refused by a rate limit spent no items.
        due = spends.filter((spend) => spend.bucket === 'rps' || spend.bucket === endpoint.bucket);
      }
    }
  }

  private async send(endpoint: Endpoint, body: unknown, run: Run, spends: readonly Spend[]): Promise<Doc> {
    const answer = await this.ports.http.request({
      method: 'POST',
      url: `${this.credentials.baseUrl}${endpoint.path}`,
      headers: this.headers,
      body,
      signal: run.signal,
      writes: endpoint.writes,
    });
    if (answer.status === 200) return readDoc(answer.body, endpoint.path);
    throw ozonError({
      path: endpoint.path,
      status: answer.status,
      headers: answer.headers,
      body: answer.body,
      writes: endpoint.writes,
      now: this.ports.clock.now(),
      methodBucket: endpoint.bucket,
      dailyBucket: spends.find((spend) => spend.bucket.startsWith('daily_'))?.bucket,
    });
  }

  /** Tells the budget what an error taught; answers how long to wait before the same call may be repeated here. */
  private learn(error: unknown, endpoint: Endpoint, attempt: number): number | undefined {
    if (error instanceof BrokenContract) this.ports.onBrokenContract(error);
    if (error instanceof Throttled) {
      if (error.bucket === `method:${endpoint.path}`) {
        this.closed.set(endpoint.path, error.until);
        return undefined;
      }
      this.ports.budget.block(error.bucket ?? 'rps', error.until);
      const rateOnly = error.bucket === 'rps' || (endpoint.bucket !== undefined && error.bucket === endpoint.bucket);
      return rateOnly && attempt < ATTEMPTS ? 0 : undefined;
    }
    if (error instanceof RetryLater && !endpoint.writes && attempt < ATTEMPTS) return error.afterMs ?? attempt * attempt * 1000;
    return undefined;
  }

  private refuseWhileClosed(path: string): void {
    const until = this.closed.get(path);
    if (until === undefined) return;
    if (until > this.ports.clock.now()) throw new Throttled(`${path} is closed after too many calls`, until, `method:${path}`);
    this.closed.delete(path);
  }
}
