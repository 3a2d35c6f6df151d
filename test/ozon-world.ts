import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { type BrokenContract, type Clock, sleepWall } from '#kernel';
import { createHttpClient, type HttpClient } from '#platform';
import type { Channel, ChannelPorts, ObservationPage, ObservedCard, Run, Spend } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { ozon as market } from '../apps/sandbox/ozon/index.js';
import { startSandbox } from '../apps/sandbox/start.js';

/** One exchange with the marketplace, as it went over the wire. */
export interface Wire {
  readonly path: string;
  readonly request: unknown;
  readonly status: number;
  readonly answer: unknown;
}

export interface OzonWorld {
  readonly url: string;
  readonly channel: Channel;
  readonly ports: ChannelPorts;
  readonly clock: Clock;
  readonly wire: Wire[];
  readonly spent: Spend[];
  readonly learned: Map<string, number>;
  readonly broken: BrokenContract[];
  /** Where a picture of a colour ("#rrggbb") can be fetched; every call is a fresh address. */
  picture(colour: string): string;
  control<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
  /** Moves the channel's time on. */
  jump(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export const CLIENT_ID = '1000001';
export const KEY_A = 'sandbox-key-a';
export const KEY_B = 'sandbox-key-b';

export function run(): Run {
  return { signal: new AbortController().signal, priority: 3 };
}

/** A marketplace of its own, with the adapter connected to it over real HTTP. */
export async function ozonWorld(
  options: { readonly key?: string; readonly cards?: number; readonly cabinet?: object; /** Writes every exchange down. */ readonly record?: boolean } = {},
): Promise<OzonWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ozon-world-'));
  const sandbox = await startSandbox({ port: 0, dataDir, seed: 7, scale: 1, markets: [market] });
  const pictures = await pictureServer();
  const wire: Wire[] = [];
  const spent: Spend[] = [];
  const learned = new Map<string, number>();
  const broken: BrokenContract[] = [];
  const control = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${sandbox.url}/_control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  await control('POST', '/seed', { cards: options.cards, cabinet: { limits: 'off', task_seconds: [5, 5], moderation_seconds: [60, 60], ...options.cabinet } });
  let ahead = Date.parse((await control<{ now: string }>('GET', '/clock')).now) - Date.now();
  const clock: Clock = { now: () => Date.now() + ahead, sleep: sleepWall };
  const http = httpPort(sandbox.url, options.record === true ? wire : undefined);
  const ports: ChannelPorts = {
    http,
    clock,
    budget: {
      take: async (spends) => void spent.push(...spends),
      block: () => undefined,
      learn: (bucket, limit) => void learned.set(bucket, limit),
    },
    onBrokenContract: (error) => void broken.push(error),
  };
  const channel = ozon.connect({ clientId: CLIENT_ID, apiKey: options.key ?? KEY_A, baseUrl: `${sandbox.url}/ozon` }, ports);
  let serial = 0;
  return {
    url: sandbox.url,
    channel,
    ports,
    clock,
    wire,
    spent,
    learned,
    broken,
    picture: (colour) => `${pictures.url}/${(serial += 1)}/${colour.slice(1)}.png`,
    control,
    async jump(seconds) {
      ahead = Date.parse((await control<{ now: string }>('POST', '/clock', { jump_seconds: seconds })).now) - Date.now();
    },
    async close() {
      http.close();
      await sandbox.close();
      await new Promise((resolve) => pictures.server.close(resolve));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The program's own HTTP client; what goes over it is written down when asked for. */
function httpPort(url: string, wire: Wire[] | undefined): HttpClient {
  const base = `${url}/ozon`;
  return createHttpClient({
    allowPrivate: [new URL(url).host],
    onExchange:
      wire &&
      (({ url: to, requestBody, status, responseBody }) => {
        if (status !== undefined) wire.push({ path: to.slice(base.length), request: requestBody, status, answer: responseBody });
      }),
  });
}

async function pictureServer(): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const colour = /([0-9a-f]{6})\.png$/.exec(request.url ?? '')?.[1] ?? '000000';
    void sharp({ create: { width: 64, height: 64, channels: 3, background: `#${colour}` } })
      .png()
      .toBuffer()
      .then((bytes) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, server };
}

export async function collect(pages: AsyncIterable<ObservationPage>): Promise<ObservationPage[]> {
  const out: ObservationPage[] = [];
  for await (const page of pages) out.push(page);
  return out;
}

/** Cards by source and key; a card named twice in one source fails. */
export function bySource(pages: readonly ObservationPage[]): Map<string, Map<string, ObservedCard>> {
  const out = new Map<string, Map<string, ObservedCard>>();
  for (const page of pages) {
    const cards = out.get(page.source) ?? new Map<string, ObservedCard>();
    for (const card of page.cards) {
      if (cards.has(card.key)) throw new Error(`${card.key} came twice in ${page.source}`);
      cards.set(card.key, card);
    }
    out.set(page.source, cards);
  }
  return out;
}
