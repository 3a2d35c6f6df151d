import { createHmac } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OAuth from 'oauth-1.0a';
import sharp from 'sharp';
import { startSandbox, type RunningSandbox } from '../apps/sandbox/start.js';
import { woocommerce } from '../apps/sandbox/woocommerce/index.js';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  /** As it came over the wire. */
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  /** "none" signs nothing. */
  readonly key?: 'A' | 'B' | 'none';
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goods say, as far as tests ask. */
export interface Goods {
  id: number;
  name: string;
  slug: string;
  type: string;
  status: string;
  description: string;
  short_description: string;
  catalog_visibility: string;
  sku: string;
  price: string;
  regular_price: string;
  sale_price: string;
  on_sale: boolean;
  purchasable: boolean;
  manage_stock: boolean | string;
  stock_quantity: number | null;
  stock_status: string;
  weight: string;
  dimensions: { length: string; width: string; height: string };
  categories: { id: number; name: string }[];
  images: { id: number; src: string; name: string; alt: string }[];
  attributes: { id: number; name: string; options: string[]; variation: boolean }[];
  variations: number[];
  meta_data: { id: number; key: string; value: unknown }[];
  global_unique_id: string;
  parent_id: number;
  date_modified: string;
  date_modified_gmt: string;
}

export interface Refusal {
  code: string;
  message: string;
  data: { status: number; resource_id?: number; unique_sku?: string; params?: Record<string, string>; details?: Record<string, { code: string }> };
}

export type Slot<T> = T & { error?: Refusal };

/** What a subscriber of webhooks received. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The simulated shop alone in this process, pictures and a subscriber beside it; its clock stands still until told. */
export interface WooWorld {
  url: string;
  api: <T = Goods>(path: string, asked?: Asked) => Promise<Answer<T>>;
  control: <T>(path: string, body?: object) => Promise<Answer<T>>;
  jump: (seconds: number) => Promise<void>;
  picture: (name: string) => string;
  create: (body: object) => Promise<Goods>;
  /** All goods, page by page. */
  walk: (size: number) => Promise<Goods[]>;
  /** Where webhooks may be sent, what came, and what is answered from now on. */
  hooks: { url: string; received: Received[]; answerWith: (status: number) => void };
  /** Goes on with the state as it lies on the disk at this very moment, as after a kill. */
  killed: () => Promise<void>;
  close: () => Promise<void>;
}

export const API = '/woocommerce/wp-json/wc/v3';
const letter = { A: 'a', B: 'b' } as const;
export const keyOf = (name: 'A' | 'B'): string => `ck_${letter[name].repeat(40)}`;
export const secretOf = (name: 'A' | 'B'): string => `cs_${letter[name].repeat(40)}`;

export async function wooWorld(cabinet: object = {}): Promise<WooWorld> {
  let dataDir = await mkdtemp(join(tmpdir(), 'woocommerce-'));
  const start = (): Promise<RunningSandbox> => startSandbox({ port: 0, dataDir, seed: 'test', scale: 0, markets: [woocommerce] });
  let running = await start();
  const pictures = await pictureServer();
  const hooks = await subscriber();
  const control: WooWorld['control'] = (path, body) => call(body ? 'POST' : 'GET', `${running.url}/woocommerce/_control${path}`, body, {});
  await control('/seed', { cabinet });
  const api: WooWorld['api'] = (path, { method, body, key = 'A', secret, headers = {} } = {}) => {
    const verb = method ?? (body === undefined ? 'GET' : 'POST');
    const url = `${running.url}${API}${path}`;
    return call(verb, key === 'none' ? url : signed(verb, url, keyOf(key), secret ?? secretOf(key)), body, headers);
  };
  const create: WooWorld['create'] = async (body) => {
    const made = await api('/products', { body });
    if (made.status !== 201) throw new Error(`not created: ${made.text}`);
    return made.body;
  };
  return {
    get url() {
      return running.url;
    },
    api,
    control,
    jump: async (seconds) => void (await call('POST', `${running.url}/_control/clock`, { jump_seconds: seconds }, {})),
    picture: (name) => `${pictures.url}/${encodeURIComponent(name)}.png`,
    create,
    walk: async (size) => {
      const all: Goods[] = [];
      for (let page = 1; ; page++) {
        const { body } = await api<Goods[]>(`/products?orderby=id&order=asc&per_page=${size}&page=${page}`);
        if (body.length === 0) return all;
        all.push(...body);
      }
    },
    hooks,
    killed: async () => {
      const rest = await mkdtemp(join(tmpdir(), 'woocommerce-'));
      await cp(dataDir, rest, { recursive: true });
      const [killed, left] = [running, dataDir];
      dataDir = rest;
      running = await start();
      await killed.close();
      await rm(left, { recursive: true, force: true });
    },
    close: async () => {
      await running.close();
      await pictures.close();
      await hooks.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The address with what a signer by OAuth 1.0a adds to it. */
export function signed(method: string, url: string, key: string, secret: string, over: object = {}): string {
  const oauth = new OAuth({ consumer: { key, secret }, signature_method: 'HMAC-SHA256', hash_function: (text, by) => createHmac('sha256', by).update(text).digest('base64') });
  // The shop's key ends in "&" and nothing more, which is what a signer without a token makes.
  const [plain = '', query = ''] = url.split('?');
  const data = Object.fromEntries(new URLSearchParams(query));
  const said = { ...oauth.authorize({ url: plain, method, data }), ...over };
  return `${plain}?${new URLSearchParams(Object.entries({ ...data, ...said }).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

async function call<T>(method: string, url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer<T>> {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers: { ...type, ...headers }, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body) });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: (json ? parsed(text) : text) as T, text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function pictureServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const { url, close } = await listening((path, answer) => {
    const name = decodeURIComponent(path);
    if (name.includes('broken')) return answer(404);
    const [r = 0, g = 0, b = 0] = Buffer.from(name.padEnd(16, 'x')).subarray(1, 4);
    void sharp({ create: { width: 40, height: 30, channels: 3, background: { r, g, b } } })
      .png()
      .toBuffer()
      .then((bytes) => answer(200, bytes));
  });
  return { url, close };
}

async function subscriber(): Promise<WooWorld['hooks'] & { close: () => Promise<void> }> {
  const received: Received[] = [];
  let status = 200;
  const { url, close } = await listening((_path, answer, text, headers) => {
    received.push({ headers, text });
    answer(status);
  });
  return { url: `${url}/hook`, received, answerWith: (next) => void (status = next), close };
}

type Handler = (path: string, answer: (status: number, bytes?: Buffer) => void, text: string, headers: IncomingHttpHeaders) => void;

async function listening(handle: Handler): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => handle(request.url ?? '', (status, bytes) => void response.writeHead(status).end(bytes), Buffer.concat(parts).toString('utf8'), request.headers));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
