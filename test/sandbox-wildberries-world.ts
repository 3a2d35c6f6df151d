import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { startSandbox, type RunningSandbox } from '../apps/sandbox/start.js';
import { wildberries } from '../apps/sandbox/wildberries/index.js';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly key?: 'A' | 'B' | 'none';
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the tokens of the keys. */
  readonly token?: string;
}

/** What one card of the list says, as far as tests ask. */
export interface ListedCard {
  nmID: number;
  imtID: number;
  vendorCode: string;
  subjectID: number;
  title: string;
  description: string;
  brand: string;
  kizMarked: boolean;
  photos?: { big: string; tm: string }[];
  dimensions: { length: number; weightBrutto: number; isValid: boolean };
  characteristics: { id: number; name: string; value: unknown }[];
  sizes: { chrtID: number; techSize: string; wbSize: string; skus: string[] }[];
  updatedAt: string;
  documents?: unknown;
}

export interface ListAnswer {
  cards: ListedCard[];
  cursor: { updatedAt: string; nmID: number; total: number };
}

/** The simulated Wildberries alone in this process, with a picture server beside it; its clock stands still until told. */
export interface WildberriesWorld {
  url: string;
  api: <T>(path: string, asked?: Asked) => Promise<Answer<T>>;
  control: <T>(path: string, body?: object) => Promise<Answer<T>>;
  jump: (seconds: number) => Promise<void>;
  picture: (name: string) => string;
  /** Sends new cards and waits until they are there. */
  create: (...articles: string[]) => Promise<ListedCard[]>;
  find: (article: string) => Promise<ListedCard | undefined>;
  walk: (limit: number) => Promise<ListedCard[]>;
  /** Goes on with the state as it lies on the disk at this very moment, as after a kill. */
  killed: () => Promise<void>;
  close: () => Promise<void>;
}

export const CONTENT = '/content-api/content/v2';
export const PRICES = '/discounts-prices-api/api/v2';
export const MARKETPLACE = '/marketplace-api/api/v3';
export const ANALYTICS = '/seller-analytics-api/api';
/** Kettles have no required characteristics and no sizes. */
export const KETTLES = 1001;
export const COLOUR = 14177449;
/** Longer than the market may work on anything. */
export const LONG = 1801;

export async function wildberriesWorld(): Promise<WildberriesWorld> {
  let dataDir = await mkdtemp(join(tmpdir(), 'wildberries-'));
  const start = (): Promise<RunningSandbox> => startSandbox({ port: 0, dataDir, seed: 'test', scale: 0, markets: [wildberries] });
  let running = await start();
  const pictures = await pictureServer();
  const ask: WildberriesWorld['control'] = (path, body) => call(body ? 'POST' : 'GET', `${running.url}/wildberries/_control${path}`, body, {});
  const tokens: Record<string, string> = {};
  const readTokens = async (): Promise<void> => {
    const { body } = await ask<{ cabinet: { keys: { A: { value: string }; B: { value: string } } } }>('/health');
    Object.assign(tokens, { A: body.cabinet.keys.A.value, B: body.cabinet.keys.B.value });
  };
  await readTokens();
  const control: WildberriesWorld['control'] = async (path, body) => {
    const answer = await ask(path, body);
    // A new cabinet has new keys.
    if (path === '/reset') await readTokens();
    return answer as never;
  };
  const api: WildberriesWorld['api'] = (path, { method, body, key = 'A', token, headers = {} } = {}) => {
    const authorization = token ?? tokens[key];
    return call(method ?? (body === undefined ? 'GET' : 'POST'), `${running.url}/wildberries${path}`, body, authorization === undefined ? headers : { ...headers, authorization });
  };
  const jump = async (seconds: number): Promise<void> => void (await call('POST', `${running.url}/_control/clock`, { jump_seconds: seconds }, {}));
  const list = async (body: object): Promise<ListAnswer> => (await api<ListAnswer>(`${CONTENT}/get/cards/list`, { body: { settings: body } })).body;
  const find: WildberriesWorld['find'] = async (article) => {
    await jump(1);
    const { cards } = await list({ filter: { textSearch: article, withPhoto: -1 }, cursor: { limit: 100 } });
    return cards.find((card) => card.vendorCode === article);
  };
  return {
    get url() {
      return running.url;
    },
    api,
    control,
    jump,
    picture: (name) => `${pictures.url}/${encodeURIComponent(name)}.png`,
    find,
    create: async (...articles) => {
      const sent = await api(`${CONTENT}/cards/upload`, { body: articles.map((article) => group(article)) });
      if (sent.status !== 200) throw new Error(`not taken: ${JSON.stringify(sent.body)}`);
      await jump(LONG);
      const made = await Promise.all(articles.map(find));
      return made.flatMap((card) => card ?? []);
    },
    walk: async (limit) => {
      const all: ListedCard[] = [];
      let cursor: object = { limit };
      for (;;) {
        await jump(1);
        const page = await list({ sort: { ascending: true }, filter: { withPhoto: -1 }, cursor });
        all.push(...page.cards);
        if (page.cursor.total < limit) return all;
        cursor = { limit, updatedAt: page.cursor.updatedAt, nmID: page.cursor.nmID };
      }
    },
    killed: async () => {
      const rest = await mkdtemp(join(tmpdir(), 'wildberries-'));
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

/** One card as it is sent for creation. */
export function variant(vendorCode: string, over: object = {}): Record<string, unknown> {
  return {
    vendorCode,
    title: `Чайник ${vendorCode}`,
    description: 'Надежный чайник для дома и дачи. Быстро греет воду.',
    brand: 'Ладога',
    dimensions: { length: 22, width: 16, height: 25, weightBrutto: 1.242 },
    characteristics: [{ id: COLOUR, value: ['белый'] }],
    sizes: [{ skus: [`46${Math.abs(hash(vendorCode))}`], price: 0 }],
    ...over,
  };
}

export const group = (vendorCode: string, over: object = {}): object => ({ subjectID: KETTLES, variants: [variant(vendorCode, over)] });

/** A live card as a careful seller sends it back. */
export function edited(card: ListedCard, over: object = {}): object {
  const { nmID, vendorCode, title, description, brand, kizMarked, dimensions, characteristics, sizes, documents } = card;
  const { isValid: _isValid, ...measured } = dimensions;
  const named = characteristics.map(({ id, value }) => ({ id, value }));
  return { nmID, vendorCode, title, description, brand, kizMarked, dimensions: measured, characteristics: named, sizes, ...(documents ? { documents } : {}), ...over };
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2_000_000_011, 7);
}

async function call<T>(method: string, url: string, body: unknown, headers: Record<string, string>): Promise<Answer<T>> {
  const raw = typeof body === 'string' || body instanceof FormData;
  const type: Record<string, string> = body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method,
    headers: { ...type, ...headers, 'x-request-id': randomUUID() },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
}

async function pictureServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? '').replace(/\?.*$/, '');
    if (name.includes('broken')) {
      response.writeHead(404).end();
      return;
    }
    const side = name.includes('small') ? { width: 300, height: 300 } : { width: 720, height: 920 };
    const [r = 0, g = 0, b = 0] = Buffer.from(name.padEnd(16, 'x')).subarray(1, 4);
    void sharp({ create: { ...side, channels: 3, background: { r, g, b } } })
      .png()
      .toBuffer()
      .then((bytes) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
