import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { startSandbox, type RunningSandbox } from '../apps/sandbox/start.js';
import { yandexMarket } from '../apps/sandbox/yandex-market/index.js';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Asked {
  /** POST with a body, GET without one, unless told. */
  readonly method?: string;
  readonly body?: unknown;
  readonly key?: 'A' | 'B';
  /** Instead of the key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the catalog says of one offer, as far as tests ask. */
export interface Mapping {
  offer: {
    offerId: string;
    name?: string;
    description?: string;
    marketCategoryId?: number;
    pictures?: string[];
    barcodes?: string[];
    basicPrice?: { value: number; discountBase?: number };
    weightDimensions?: { length: number; width: number; height: number; weight: number };
    cardStatus: string;
    campaigns?: { campaignId: number; status: string }[];
    mediaFiles?: { pictures: { url: string; uploadState: string }[] };
    archived: boolean;
    groupId?: string;
  };
  mapping: { marketSku?: number; marketCategoryId?: number };
}

export interface ListAnswer {
  status: string;
  result: { offerMappings: Mapping[]; paging: { nextPageToken?: string } };
}

export interface Results {
  status: string;
  results?: { offerId: string; errors?: { type: string; parameterId?: number }[]; warnings?: { type: string }[] }[];
}

/** The simulated Yandex Market alone in this process, with a picture server beside it; its clock stands still until told. */
export interface YandexMarketWorld {
  url: string;
  api: <T>(path: string, asked?: Asked) => Promise<Answer<T>>;
  /** POST about the business, which must be answered with 200. */
  business: <T>(path: string, body?: unknown, key?: 'A' | 'B') => Promise<T>;
  /** The same about the first store. */
  campaign: <T>(path: string, body?: unknown) => Promise<T>;
  control: <T>(path: string, body?: object) => Promise<Answer<T>>;
  jump: (seconds: number) => Promise<void>;
  picture: (name: string) => string;
  /** Sends new offers and waits until they have cards. */
  create: (...offerIds: string[]) => Promise<void>;
  find: (offerId: string) => Promise<Mapping | undefined>;
  /** Goes on with the state as it lies on the disk at this very moment, as after a kill. */
  killed: () => Promise<void>;
  close: () => Promise<void>;
}

export const BUSINESS = 9_000_001;
export const STORE = 21_000_001;
export const SECOND_STORE = 21_000_002;
/** Longer than the market may work on anything. */
export const LONG = 1801;
/** Electric kettles, the branch above them, and two of their characteristics. */
export const KETTLES = 7_811_001;
export const BRANCH = 91_001;
export const KEYS = { A: `ACMA:${'a'.repeat(40)}:${'a'.repeat(8)}`, B: `ACMA:${'b'.repeat(40)}:${'b'.repeat(8)}` };

export async function yandexMarketWorld(): Promise<YandexMarketWorld> {
  let dataDir = await mkdtemp(join(tmpdir(), 'yandex-market-'));
  const start = (): Promise<RunningSandbox> => startSandbox({ port: 0, dataDir, seed: 'test', scale: 0, markets: [yandexMarket] });
  let running = await start();
  const pictures = await pictureServer();
  const control: YandexMarketWorld['control'] = (path, body) => call(body ? 'POST' : 'GET', `${running.url}/yandex-market/_control${path}`, body, {});
  const api: YandexMarketWorld['api'] = (path, { method, body, key = 'A', headers = { 'api-key': KEYS[key] } } = {}) =>
    call(method ?? (body === undefined ? 'GET' : 'POST'), `${running.url}/yandex-market${path}`, body, headers);
  const jump = async (seconds: number): Promise<void> => void (await call('POST', `${running.url}/_control/clock`, { jump_seconds: seconds }, {}));
  const sure = async <T>(path: string, body: unknown, key?: 'A' | 'B'): Promise<T> => {
    const answer = await api<T>(path, { body, method: 'POST', ...(key ? { key } : {}) });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const business: YandexMarketWorld['business'] = (path, body = {}, key) => sure(`/v2/businesses/${BUSINESS}${path}`, body, key);
  const find: YandexMarketWorld['find'] = async (offerId) => (await business<ListAnswer>('/offer-mappings', { offerIds: [offerId] })).result.offerMappings[0];
  const picture = (name: string): string => `${pictures.url}/${encodeURIComponent(name)}.png`;
  return {
    get url() {
      return running.url;
    },
    api,
    business,
    campaign: (path, body = {}) => sure(`/v2/campaigns/${STORE}${path}`, body),
    control,
    jump,
    picture,
    find,
    create: async (...offerIds) => {
      const { status } = await business<Results>('/offer-mappings/update', {
        offerMappings: offerIds.map((offerId) => ({ offer: offer(offerId, { pictures: [picture(offerId)] }) })),
      });
      if (status !== 'OK') throw new Error('not taken');
      // The offers, then their pictures and cards.
      await jump(LONG);
      await jump(LONG);
    },
    killed: async () => {
      const rest = await mkdtemp(join(tmpdir(), 'yandex-market-'));
      await cp(dataDir, rest, { recursive: true });
      const killed = running;
      const left = dataDir;
      dataDir = rest;
      running = await start();
      await killed.close();
      await rm(left, { recursive: true, force: true });
    },
    close: async () => {
      await running.close();
      await pictures.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Required of kettles. */
export const POWER = 37_500_019;

/** One offer as it is sent for creation, but for its pictures. */
export function offer(offerId: string, over: object = {}): Record<string, unknown> {
  return {
    offerId,
    name: `Чайник ${offerId}`,
    description: 'Надежный чайник для дома и дачи. Быстро греет воду.',
    vendor: 'Ладога',
    marketCategoryId: KETTLES,
    barcodes: ['4607001234562'],
    weightDimensions: { length: 22, width: 16.5, height: 25, weight: 1.242 },
    parameterValues: [{ parameterId: POWER, value: '1200' }],
    basicPrice: { value: 3990, currencyId: 'RUR', discountBase: 4990 },
    ...over,
  };
}

async function call<T>(method: string, url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer<T>> {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers: { ...type, ...headers }, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body) });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
}

async function pictureServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? '').replace(/\?.*$/, '');
    if (name.includes('broken')) {
      response.writeHead(404).end();
      return;
    }
    const [r = 0, g = 0, b = 0] = Buffer.from(name.padEnd(16, 'x')).subarray(-8, -5);
    void sharp({ create: { width: 40, height: 30, channels: 3, background: { r, g, b } } })
      .png()
      .toBuffer()
      .then((bytes) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
