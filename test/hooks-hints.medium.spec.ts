import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pino from 'pino';
import type { ChannelModule, HintAddress } from '#channels/contract';
import { woocommerce } from '#channels/woocommerce';
import { ChannelRegistry } from '#listings';
import { loadConfig, loadSecretKey, Vault } from '#platform';
import { checkFacetRules } from '#reconcile';
import { sayIn } from '../apps/hub/cli/cli-texts.js';
import { buildCommands } from '../apps/hub/cli/commands.js';
import { HintIntake } from '../apps/hub/hooks/hint-intake.js';
import { hookAddress } from '../apps/hub/hooks/hook-address.js';
import { type RunningHub, startHub } from '../apps/hub/start/start-hub.js';
import { HintSubscription } from '../libs/reconcile/hints/hint-subscription.js';
import { ADMIN_PASSWORD } from './door-hub.js';
import { MarketAccount } from './market-account.js';
import { wooWorld, type Goods, type WooWorld } from './sandbox-woocommerce-world.js';

const MONTH_MS = 30 * 86_400_000;
const MINUTE_MS = 60_000;

/** Walks are due once a month: what is noticed sooner was noticed because the site said so. */
const patient: ChannelModule = {
  ...woocommerce,
  descriptor: { ...woocommerce.descriptor, lanes: woocommerce.descriptor.lanes.map((lane) => ({ ...lane, everyMs: MONTH_MS })) },
};

let world: WooWorld;
let account: MarketAccount;
let door: RunningHub;
let openDoor: () => Promise<RunningHub>;
let address: HintAddress;
let simple: string[];
let variants: { sku: string; code: string }[];
/** Requests that read named cards. */
let reads = 0;
const dataDir = mkdtempSync(join(tmpdir(), 'hooks-door-'));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  server.close();
  await once(server, 'close');
  return typeof at === 'object' && at !== null ? at.port : 0;
}

beforeAll(async () => {
  world = await wooWorld({ limits: 'off', cron_seconds: [3, 3] });
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  account = await MarketAccount.open(patient, world, {
    products: 6,
    hintAddress: async (pool, accountId) => {
      const env = { NODE_ENV: 'test', ROLE: 'api', PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: pool.options.connectionString, PUBLIC_HOOKS_URL: publicUrl };
      const config = loadConfig({ env: { ...env, ETALON_DEMO: 'off', ETALON_ADMIN_PASSWORD: ADMIN_PASSWORD, LOG_LEVEL: 'silent' } });
      openDoor = () => startHub({ config, logger: pino({ level: 'silent' }), channels: new ChannelRegistry([woocommerce]) });
      door = await openDoor();
      address = await hookAddress(pool, new Vault(loadSecretKey(config)), accountId, publicUrl, Date.now());
      return address;
    },
    through: (request) => (call) => {
      if (call.method === 'GET' && new URL(call.url).searchParams.has('sku')) reads += 1;
      return request(call);
    },
  });
  const { rows } = await account.pool.query<{ sku: string; code: string | null }>(
    'SELECT p.sku, m.code FROM product p LEFT JOIN product_model m ON m.id = p.model_id ORDER BY p.id',
  );
  simple = rows.filter((row) => row.code === null).map((row) => row.sku);
  variants = rows.flatMap(({ sku, code }) => (code === null ? [] : [{ sku, code }]));
  await account.until(() => account.inSync(), 'first sync');
  await until(async () => (await hints()) === 0, 'the echoes of the first sync');
}, 120_000);
afterAll(async () => {
  await door.stop();
  await account.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

/** One look of each lane at what is due by itself. */
async function look(): Promise<void> {
  for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await account.runner.nudge(lane);
  await account.clock.sleep(1_000);
}

async function until(done: () => Promise<boolean>, what: string, seconds = 60): Promise<void> {
  for (let left = seconds; left > 0; left -= 1) {
    await look();
    if (await done()) return;
  }
  throw new Error(`${what} did not happen: ${JSON.stringify([await account.open(), await account.drifts()])}`);
}

async function hints(): Promise<number> {
  const { rows } = await account.pool.query<{ hints: number }>('SELECT count(*)::integer AS hints FROM sweep_hint');
  return rows[0]?.hints ?? -1;
}

async function walks(): Promise<unknown> {
  return (await account.pool.query('SELECT lane, max(number) AS number FROM sweep_run GROUP BY lane ORDER BY lane')).rows;
}

async function goods(sku: string): Promise<Goods> {
  const [one] = (await world.api<Goods[]>(`/products?sku=${encodeURIComponent(sku)}`, { key: 'B' })).body;
  if (one === undefined) throw new Error(`${sku} is not in the shop`);
  return one;
}

/** Somebody at work in the shop's own pages. */
async function edit(id: number, body: object): Promise<void> {
  const { status } = await world.api(`/products/${id}`, { method: 'PUT', body, key: 'B' });
  expect(status).toBe(200);
}

function deliver(body: string, headers: Readonly<Record<string, string>> = {}, url = address.url): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-wc-webhook-topic': 'product.updated', ...headers } });
}

function signature(body: string, secret = address.secret): Readonly<Record<string, string>> {
  return { 'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64') };
}

async function heard(): Promise<Record<string, unknown>> {
  const answer = await fetch(`${door.url}/api/accounts/${account.accountId}/hooks`, { headers: { authorization: `Bearer ${door.token}`, 'accept-language': 'en' } });
  return (await answer.json()) as Record<string, unknown>;
}

async function etalon(...words: string[]): Promise<string> {
  const said: string[] = [];
  const tools = { language: 'en' as const, say: sayIn('en'), out: (line: string) => void said.push(line), files: new PassThrough(), end: () => undefined };
  const config = () => loadConfig({ env: { DATA_DIR: dataDir } });
  await buildCommands({ ...tools, config, backup: () => Promise.resolve({}), restore: () => Promise.resolve({}) }).parseAsync(['node', 'etalon', ...words]);
  return said.join('\n');
}

async function webhooks(): Promise<{ topic: string; status: string }[]> {
  const { body } = await world.api<{ topic: string; status: string; delivery_url: string }[]>('/webhooks?per_page=100', { key: 'B' });
  return body.filter((hook) => hook.delivery_url === address.url).map(({ topic, status }) => ({ topic, status }));
}

const TOPICS = ['product.created', 'product.deleted', 'product.restored', 'product.updated'];
const all = (status: string) => TOPICS.map((topic) => ({ topic, status }));
const byTopic = (found: { topic: string; status: string }[]) => found.sort((a, b) => a.topic.localeCompare(b.topic));

describe('an own site that tells of changes', () => {
  afterEach(async () => {
    expect(await checkFacetRules(account.pool)).toEqual([]);
  });

  it('has one webhook a topic, and is asked for no second one', async () => {
    expect(byTopic(await webhooks())).toEqual(all('active'));
    await account.clock.sleep(16 * MINUTE_MS);
    await look();
    expect(byTopic(await webhooks())).toEqual(all('active'));
    expect(await heard()).toMatchObject({ state: 'kept', url: address.url, reason: null, text: 'The site tells of changes at once, and sweeps check them.' });
  }, 60_000);

  it('is looked at where somebody edited, and put right, while no walk is due', async () => {
    const [sku = ''] = simple;
    const before = [await walks(), account.clock.now()] as const;
    const { id, name } = await goods(sku);
    await edit(id, { name: 'Совсем другое' });
    await until(async () => (await account.inSync()) && (await account.drifts()).some((drift) => /^title .* healed$/.test(drift)), 'the repair');
    expect((await goods(sku)).name).toBe(name);
    expect(await walks()).toEqual(before[0]);
    expect(account.clock.now() - before[1]).toBeLessThan(MINUTE_MS);
  }, 60_000);

  it('names a group by its number, what went to the trash by nothing else', async () => {
    const [variant = { sku: '', code: '' }] = variants;
    const before = await walks();
    const { id, name } = await goods(variant.code);
    await edit(id, { name: 'Чужая модель' });
    await until(async () => (await goods(variant.code)).name === name && (await account.inSync()), 'the repair of the group');
    await account.act(variant.sku, 'trash');
    await until(async () => (await goods(variant.code)).status === 'publish' && (await account.inSync()), 'the way back from the trash');
    expect(await walks()).toEqual(before);
  }, 90_000);

  it('costs no request for the echo of a change of ours', async () => {
    const [, sku = ''] = simple;
    const current = await account.products.read.get(sku);
    const patch = { price: { minor: 77_700, currency: 'RUB' }, oldPrice: null, minPrice: null };
    const before = reads;
    await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch, author: 'test', cause: { kind: 'person' } });
    await until(async () => (await hints()) > 0, 'the echo');
    for (let left = 5; left > 0; left -= 1) await look();
    expect([await hints(), reads - before]).toEqual([1, 0]);
    await account.runner.nudge('sweep', true);
    expect([await hints(), reads - before]).toEqual([0, 0]);
    expect(await account.open()).toEqual([]);
    expect((await goods(sku)).regular_price).toBe('777');
  }, 60_000);

  it('is read once for a storm of deliveries, each answered and one row together', async () => {
    const [sku = ''] = simple;
    const { id } = await goods(sku);
    const body = JSON.stringify({ id, type: 'simple', sku });
    const before = reads;
    const answers = new Set<number>();
    const send = async () => {
      for (let left = 30; left > 0; left -= 1) answers.add((await deliver(body, signature(body))).status);
    };
    await Promise.all(Array.from({ length: 10 }, send));
    expect([...answers]).toEqual([200]);
    const statements = jest.spyOn(account.pool, 'connect');
    const intake = new HintIntake(account.pool);
    await Promise.all(Array.from({ length: 10_000 }, () => intake.note(account.accountId, [{ externalId: String(id) }, { key: sku }])));
    expect(statements.mock.calls.length).toBeLessThanOrEqual(2);
    statements.mockRestore();
    expect(await hints()).toBe(1);
    await until(async () => (await hints()) === 0, 'the look');
    for (let left = 3; left > 0; left -= 1) await look();
    expect(reads - before).toBe(1);
  }, 90_000);

  it('is not believed when somebody else speaks for it', async () => {
    const [sku = ''] = simple;
    const { id } = await goods(sku);
    const body = JSON.stringify({ id, type: 'simple', sku });
    const altered = JSON.stringify({ id, type: 'simple', sku: 'ДРУГОЙ' });
    const elsewhere = `${door.url}/api/hooks/999999`;
    const forged = [await deliver(body), await deliver(body, signature(body, 'guess')), await deliver(altered, signature(body)), await deliver('', signature(body))];
    for (const answer of forged.slice(0, 3)) {
      expect([answer.status, await answer.json()]).toEqual([401, expect.objectContaining({ code: 'forged' })]);
    }
    expect(forged[3]?.status).toBe(400);
    expect((await deliver(body, signature(body), elsewhere)).status).toBe(404);
    expect((await deliver('{"id":'.padEnd(1_100_000, '1'), signature(body))).status).toBe(413);
    const greeting = await fetch(address.url, { method: 'POST', body: 'webhook_id=7', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(greeting.status).toBe(200);
    expect(await (await fetch(`${door.url}/metrics`)).text()).toContain(`etalon_hook_deliveries_total{account="${account.accountId}",answer="forged"} 3`);
    expect(await hints()).toBe(0);
    let told = await heard();
    for (let left = 200; left > 0 && told['forged'] !== 3; left -= 1) {
      await pause(50);
      told = await heard();
    }
    expect(told).toMatchObject({ forged: 3, forged_at: expect.stringMatching(/^\d{4}-/), delivered_at: expect.stringMatching(/^\d{4}-/) });
    expect(await etalon('account', 'hooks', account.accountId)).toMatch(/about to set up its webhooks[\s\S]*last heard: \d{4}-[\s\S]*not signed by the channel: 3,/);
  }, 60_000);

  it('is told the secret again when its deliveries are not proven any more', async () => {
    const [sku = ''] = simple;
    const { id, name } = await goods(sku);
    const { body } = await world.api<{ id: number; delivery_url: string }[]>('/webhooks?per_page=100', { key: 'B' });
    for (const hook of body) await world.api(`/webhooks/${hook.id}`, { method: 'PUT', body: { secret: 'somebody typed this' }, key: 'B' });
    await edit(id, { name: 'Никто не узнал' });
    await world.jump(4);
    expect(await hints()).toBe(0);
    await account.clock.sleep(16 * MINUTE_MS);
    await look();
    await edit(id, { short_description: 'ещё раз' });
    await until(async () => (await goods(sku)).name === name && (await account.inSync()), 'the repair');
  }, 90_000);

  it('is switched on again after it gave up on us', async () => {
    const [sku = ''] = simple;
    const { id, name } = await goods(sku);
    await door.stop();
    for (let change = 0; change < 8; change += 1) {
      await edit(id, { meta_data: [{ key: '_vendor_note', value: String(change) }] });
      await world.jump(4);
    }
    expect((await webhooks()).find(({ topic }) => topic === 'product.updated')?.status).toBe('disabled');
    door = await openDoor();
    await account.clock.sleep(16 * MINUTE_MS);
    await look();
    expect(byTopic(await webhooks())).toEqual(all('active'));
    await edit(id, { name: 'Опять другое' });
    await until(async () => (await goods(sku)).name === name && (await account.inSync()), 'the repair');
  }, 90_000);

  it('keeps what a person paused, and loses all of it with the setting', async () => {
    const { body } = await world.api<{ id: number; topic: string }[]>('/webhooks?per_page=100', { key: 'B' });
    const restored = body.find(({ topic }) => topic === 'product.restored');
    await world.api(`/webhooks/${restored?.id}`, { method: 'PUT', body: { status: 'paused' }, key: 'B' });
    await new HintSubscription().keep(account.context);
    expect((await webhooks()).find(({ topic }) => topic === 'product.restored')?.status).toBe('paused');
    expect((await account.pool.query('SELECT state FROM channel_hook')).rows).toEqual([{ state: 'paused' }]);
    const { hintAddress: _gone, ...withoutAddress } = account.context;
    await new HintSubscription().keep(withoutAddress);
    expect(await webhooks()).toEqual([]);
    expect((await account.pool.query('SELECT 1 FROM channel_hook')).rowCount).toBe(0);
  }, 60_000);
});
