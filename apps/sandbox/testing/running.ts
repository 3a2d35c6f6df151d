import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { allTypes, attributeSchema, dictionary, type CategoryType } from '../ozon/categories.js';
import { ozon } from '../ozon/index.js';
import { startSandbox, type RunningSandbox } from '../start.js';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** A sandbox in this process on a free port, a picture server beside it, and short ways to call both. */
export interface TestSandbox {
  url: string;
  dataDir: string;
  /** Public address of a picture; the same name always has the same bytes. */
  picture: (name: string) => string;
  pictureRequests: () => number;
  api: <T>(path: string, body?: object, key?: 'A' | 'B') => Promise<Answer<T>>;
  control: <T>(path: string, body?: object) => Promise<Answer<T>>;
  /** Moves channel time. */
  jump: (seconds: number) => Promise<void>;
  /** Asks for a task until it is no longer pending; channel time is moved as needed. */
  finish: (taskId: number) => Promise<TaskItemAnswer[]>;
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

export interface TaskItemAnswer {
  offer_id: string;
  product_id: number;
  status: string;
  errors: { code: string; attribute_id: number }[];
}

export async function runSandbox(scale = 0): Promise<TestSandbox> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  let running: RunningSandbox = await startSandbox({ port: 0, dataDir, seed: 'test', scale, markets: [ozon] });
  const pictures = await pictureServer();
  const call = async <T>(method: string, url: string, body: object | undefined, headers: Record<string, string>): Promise<Answer<T>> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url, { method, headers: { ...type, ...headers }, ...json });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  };
  const api: TestSandbox['api'] = (path, body = {}, key = 'A') =>
    call('POST', `${running.url}/ozon${path}`, body, { 'client-id': '1000001', 'api-key': key === 'A' ? 'sandbox-key-a' : 'sandbox-key-b' });
  const control: TestSandbox['control'] = (path, body) => call(body ? 'POST' : 'GET', `${running.url}/_control${path}`, body, {});
  const jump = async (seconds: number): Promise<void> => void (await control('/clock', { jump_seconds: seconds }));
  return {
    get url() {
      return running.url;
    },
    dataDir,
    picture: (name) => `${pictures.url}/${encodeURIComponent(name)}.png`,
    pictureRequests: pictures.count,
    api,
    control,
    jump,
    finish: async (taskId) => {
      await jump(21);
      for (let i = 0; i < 200; i++) {
        const { body } = await api<{ result: { items: TaskItemAnswer[] } }>('/v1/product/import/info', { task_id: taskId });
        if (body.result.items.every((item) => item.status !== 'pending')) return body.result.items;
        await jump(1);
      }
      throw new Error(`task ${taskId} never ended`);
    },
    restart: async () => {
      await running.close();
      running = await startSandbox({ port: 0, dataDir, seed: 'test', scale, markets: [ozon] });
    },
    close: async () => {
      await running.close();
      await new Promise((resolve) => pictures.server.close(resolve));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A card that every schema accepts. */
export function item(offerId: string, over: object = {}, type: CategoryType = testType('Электрический чайник')): Record<string, unknown> {
  return {
    offer_id: offerId,
    name: `Чайник ${offerId}`,
    description_category_id: type.categoryId,
    type_id: type.typeId,
    price: '1000',
    old_price: '1300',
    vat: '0.22',
    currency_code: 'RUB',
    barcode: `460000${offerId}`,
    depth: 100,
    width: 150,
    height: 250,
    dimension_unit: 'mm',
    weight: 900,
    weight_unit: 'g',
    attributes: requiredAttributes(type, offerId),
    ...over,
  };
}

export function testType(name: string): CategoryType {
  const type = allTypes().find((t) => t.typeName === name);
  if (!type) throw new Error(`no type ${name}`);
  return type;
}

export function attribute(id: number, value: string): object {
  return { id, complex_id: 0, values: [{ value }] };
}

function requiredAttributes(type: CategoryType, offerId: string): object[] {
  const required = attributeSchema(type.typeId).filter((a) => a.required);
  const values = required.map((a) => {
    const first = dictionary(a.dictionaryId)[0];
    if (first) return { id: a.id, complex_id: 0, values: [{ dictionary_value_id: first.id, value: first.value }] };
    return attribute(a.id, a.type === 'String' ? `модель ${offerId}` : '10');
  });
  return [...values, attribute(4191, `Надежный чайник ${offerId} для дома и дачи.<br>Быстро греет воду.`), attribute(9024, offerId)];
}

async function pictureServer(): Promise<{ url: string; server: Server; count: () => number }> {
  let count = 0;
  const server = createServer((request, response) => {
    count++;
    const name = decodeURIComponent(request.url ?? '').replace(/\?.*$/, '');
    if (name.includes('broken')) {
      response.writeHead(404).end();
      return;
    }
    const [r, g, b] = Buffer.from(name.padEnd(16, 'x')).subarray(-12);
    void sharp({ create: { width: 40, height: 30, channels: 3, background: { r: r ?? 0, g: g ?? 0, b: b ?? 0 } } })
      .composite([{ input: Buffer.from(`<svg width="40" height="30"><text y="20" font-size="9">${name.slice(1, 9)}</text></svg>`) }])
      .png()
      .toBuffer()
      .then((bytes) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, server, count: () => count };
}
