import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ChannelModule } from '#channels/contract';
import type { AppliedWrite, Driver } from '#channels/testkit';
import { FollowedClock, parseClock } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget } from '#reconcile';
import type { MarketKind } from '../apps/sandbox/market.js';
import { startSandbox } from '../apps/sandbox/start.js';

const SETTLE_SECONDS = 2 * 3600;
const SCALE = 20;

/** A simulated market with cards on it, and the half of a driver that is the same for every channel. */
export interface ConformanceGround {
  readonly url: string;
  /** The market's own control surface. */
  control<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
  /** Where a picture of a colour ("ff0000") can be fetched; every call is a fresh address. */
  picture(colour: string): string;
  readonly shared: Pick<Driver, 'module' | 'http' | 'clock' | 'budget' | 'applied' | 'settle' | 'close'>;
}

/** Starts a market and puts `cards` finished cards on it; `cabinet` sets what its control document allows. */
export async function conformanceGround(market: MarketKind, module: ChannelModule, options: { readonly cards: number; readonly cabinet?: object }): Promise<ConformanceGround> {
  const dataDir = await mkdtemp(join(tmpdir(), 'conformance-'));
  const sandbox = await startSandbox({ port: 0, dataDir, seed: 7, scale: SCALE, markets: [market] });
  const pictures = await colourServer();
  const call = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(sandbox.url + path, { method, ...json });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const control: ConformanceGround['control'] = (method, path, body) => call(method, `/${market.id}/_control${path}`, body);
  await control('POST', '/seed', { cards: options.cards, ...(options.cabinet ? { cabinet: options.cabinet } : {}) });
  const clock = new FollowedClock(clockOf(await call('GET', '/_control/clock')));
  let serial = 0;
  return {
    url: sandbox.url,
    control,
    picture: (colour) => `${pictures.url}/${(serial += 1)}/${colour}.png`,
    shared: {
      module,
      http: createHttpClient({ allowPrivate: [new URL(sandbox.url).host], maxBytes: 64 * 1024 * 1024 }),
      clock,
      budget: () => new AccountBudget(module.descriptor.buckets, clock),
      applied: () => applied(control),
      settle: async () => {
        clock.follow(clockOf(await call('POST', '/_control/clock', { jump_seconds: SETTLE_SECONDS })));
      },
      close: async () => {
        await sandbox.close();
        await pictures.close();
        await rm(dataDir, { recursive: true, force: true });
      },
    },
  };
}

function clockOf(answer: unknown): { now: number; scale: number } {
  const clock = parseClock(answer);
  if (!clock) throw new Error('no clock');
  return clock;
}

async function applied(control: ConformanceGround['control']): Promise<readonly AppliedWrite[]> {
  interface Entry {
    readonly key: string;
    readonly offer_id: string;
    readonly facets: readonly { readonly changed: boolean }[];
  }
  const writes: AppliedWrite[] = [];
  for (let after = 0; ;) {
    const { entries } = await control<{ entries: readonly Entry[] }>('GET', `/ledger?after=${after}&limit=10000`);
    writes.push(...entries.filter((entry) => entry.key === 'A').map((entry) => ({ key: entry.offer_id, changed: entry.facets.some((facet) => facet.changed) })));
    if (entries.length < 10_000) return writes;
    after += entries.length;
  }
}

async function colourServer(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const colour = /([0-9a-f]{6})\.png$/.exec(request.url ?? '')?.[1] ?? '000000';
    void sharp({ create: { width: 64, height: 64, channels: 3, background: `#${colour}` } })
      .png()
      .toBuffer()
      .then((bytes) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
