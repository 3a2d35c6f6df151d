import { beforeAll, describe, expect, it } from '@jest/globals';
import { wildberries } from '#channels/wildberries';
import type { Budget, Channel, HttpPort, ObservedCard, PushItem, Run } from '#channels/contract';
import { ALL_SCOPES, tokenOf } from '../libs/channels/wildberries/fixtures/scripted-wildberries.js';
import { ENDPOINTS } from '../libs/channels/wildberries/wildberries.client.js';
import { BUCKETS, extraCostOfError, teachLimits } from '../libs/channels/wildberries/wildberries.limits.js';
import { OfficialSchemas, publishedLimits, schemasPresent, type RateLimit } from './wildberries-schemas.js';

/**
 * Members the adapter sends although the schema of the request does not name them. `wholesale` stands on every live card, and an
 * update replaces the whole card: sending it back is the only way not to lose it should it count (docs/channels/wildberries.md).
 */
const ALLOWED = [/^\/content\/v2\/cards\/update: .*"wholesale"/];

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

/** The example tells of an upload that is done; only one done in part is asked for card by card. */
const DONE_IN_PART = { data: { uploadID: 5, status: 5 }, error: false, errorText: '' };

const NOW = Date.UTC(2026, 10, 22);
const run: Run = { signal: new AbortController().signal, priority: 3 };

if (!schemasPresent) process.stdout.write('skipped: the official Wildberries schemas are not beside the project\n');
(schemasPresent ? describe : describe.skip)('against the official schemas', () => {
  let schemas: OfficialSchemas;
  const sent: Sent[] = [];
  let cards: readonly ObservedCard[];

  beforeAll(async () => {
    schemas = new OfficialSchemas();
    cards = await useEverything(connect(schemas, sent));
  }, 60_000);

  it('calls every method it knows and no other', () => {
    const called = new Set(sent.map(({ method, url }) => `${method} ${schemas.operation(method, url.pathname)?.name ?? url.pathname}`));
    const known = Object.values(ENDPOINTS).map((endpoint) => `${endpoint.method} ${endpoint.path}`);
    expect([...called].sort()).toEqual([...new Set(known)].sort());
  });

  it('calls every method on its own host, with the parameters it has', () => {
    const problems = sent.flatMap(({ method, url }) => {
      const found = schemas.operation(method, url.pathname);
      if (found === undefined) return [`${method} ${url.pathname}: there is no such method`];
      const { operation, name } = found;
      const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
      return [
        ...(operation.servers.some((server) => server.url === url.origin) ? [] : [`${name}: not on ${url.origin}`]),
        ...[...url.searchParams.keys()].filter((key) => !query.some((parameter) => parameter.name === key)).map((key) => `${name}: no parameter ${key}`),
        ...query.filter((parameter) => parameter.required === true && !url.searchParams.has(parameter.name)).map((parameter) => `${name}: ${parameter.name} is missing`),
      ];
    });
    expect([...new Set(problems)]).toEqual([]);
  });

  it('sends only members that the schemas have, in the types they have', () => {
    const problems = sent.flatMap(({ method, url, body }) => {
      const found = schemas.operation(method, url.pathname);
      const schema = found?.operation.requestBody?.content?.['application/json']?.schema;
      if (schema === undefined) return body === undefined ? [] : [`${url.pathname}: takes no body`];
      return schemas.faults(schema, body).map((fault) => `${found?.name ?? ''}: ${fault}`);
    });
    expect([...new Set(problems)].filter((problem) => !ALLOWED.some((allowed) => allowed.test(problem)))).toEqual([]);
  });

  it('would notice an invented member and a wrong type', () => {
    const schema = schemas.operation('PUT', '/api/v3/stocks/7')?.operation.requestBody?.content?.['application/json']?.schema ?? {};
    expect(schemas.faults(schema, { stocks: [{ chrtId: 1, amount: 1 }] })).toEqual([]);
    expect(schemas.faults(schema, { stocks: [{ sku: '1', amount: 1 }] })).not.toEqual([]);
    expect(schemas.faults(schema, { stocks: [{ chrtId: '1', amount: 1 }] })).not.toEqual([]);
  });

  it('reads the official examples of answers', () => {
    const content = cards.find((card) => card.values.title !== undefined);
    expect(content?.values.title).not.toBe('');
    expect(content?.values.category).toMatch(/^\d+$/);
    expect(Object.keys(content?.values.attributes ?? {})).not.toEqual([]);
    expect(cards.some((card) => card.values.status !== undefined)).toBe(true);
    expect(cards.some((card) => card.values.presence === 'archived')).toBe(true);
  });
});

(schemasPresent ? describe : describe.skip)('against the published limits', () => {
  let limits: readonly RateLimit[];
  beforeAll(() => {
    limits = publishedLimits();
  });
  const limitOf = (endpoint: { method: string; path: string }): RateLimit => {
    const found = limits.find((limit) => limit.method === endpoint.method && limit.path === endpoint.path);
    if (found === undefined) throw new Error(`no published limit for ${endpoint.method} ${endpoint.path}`);
    return found;
  };
  const figures = (type: 'personal' | 'base') => {
    const found = new Map(BUCKETS.flatMap((bucket) => (bucket.kind === 'rate' ? [[bucket.name, { limit: bucket.limit, perMs: bucket.perMs }]] : [])));
    const budget: Budget = { take: async () => undefined, block: () => undefined, learn: (name, limit, _used, perMs = 0) => void found.set(name, { limit, perMs }) };
    teachLimits(budget, type);
    return found;
  };

  it.each(Object.entries(ENDPOINTS))('%s keeps to the figures of its bucket, for each type of token', (_name, endpoint) => {
    const published = limitOf(endpoint);
    const window = (row: RateLimit['limits'][number] | undefined) => (row === undefined ? undefined : { limit: row.burst, perMs: row.burst * row.intervalMs });
    const row = (type: string) => published.limits.find((limit) => limit.tokenType === type) ?? published.limits.find((limit) => limit.tokenType === null);
    expect(figures('personal').get(endpoint.bucket)).toEqual(window(row('Personal')));
    const closed = 'closedTo' in endpoint && (endpoint.closedTo as readonly string[]).includes('base');
    if (!closed) expect(figures('base').get(endpoint.bucket)).toEqual(window(row('Base')));
    expect(extraCostOfError(endpoint.bucket) + 1).toBe(published.errorWeight4xx);
  });

  it('shares a bucket between the methods that Wildberries lets share it, and between no others', () => {
    const endpoints = Object.values(ENDPOINTS);
    for (const one of endpoints) {
      const together = endpoints.filter((other) => other.bucket === one.bucket).map((other) => other.path);
      const published = endpoints.filter((other) => limitOf(other).bucketKey === limitOf(one).bucketKey).map((other) => other.path);
      expect(together).toEqual(published);
    }
  });
});

/** A channel whose other end answers with the official examples, lists one page long. */
function connect(schemas: OfficialSchemas, sent: Sent[]): Channel {
  const http: HttpPort = {
    async request(call) {
      const url = new URL(call.url);
      const body: unknown = call.body === undefined ? undefined : JSON.parse(JSON.stringify(call.body));
      sent.push({ method: call.method, url, body });
      const found = schemas.operation(call.method, url.pathname);
      if (found === undefined) return { status: 404, headers: {}, body: { title: 'path not found' } };
      if (call.method === 'PUT') return { status: 204, headers: {}, body: undefined };
      const answer = url.pathname === '/api/v2/history/tasks' ? DONE_IN_PART : schemas.example(found.operation);
      return { status: 200, headers: {}, body: isLaterPage(url, body) ? emptied(answer) : answer };
    },
  };
  const budget: Budget = { take: async () => undefined, block: () => undefined, learn: () => undefined };
  const clock = { now: () => NOW, sleep: async () => undefined };
  const token = tokenOf({ acc: 3, for: 'self', t: false, s: ALL_SCOPES, exp: NOW / 1000 + 1_000_000 });
  return wildberries.connect({ token }, { http, budget, clock, onBrokenContract: () => undefined });
}

function isLaterPage(url: URL, body: unknown): boolean {
  const settings = (body as { settings?: { cursor?: { nmID?: number } }; cursor?: { batchUUID?: string } } | undefined) ?? {};
  return Number(url.searchParams.get('offset') ?? 0) > 0 || settings.settings?.cursor?.nmID !== undefined || settings.cursor?.batchUUID !== undefined;
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? 0 : value === true ? false : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)]));
}

async function useEverything(channel: Channel): Promise<readonly ObservedCard[]> {
  const seen: ObservedCard[] = [];
  for (const lane of ['offers', 'content']) for await (const page of channel.sweep(lane, undefined, run)) seen.push(...page.cards);
  await channel.health(run);
  await channel.references(['subjects', 'warehouses', 'charcs:105', 'tnved:105', ...['colors', 'kinds', 'seasons', 'vat', 'countries'].map((name) => `directory:${name}`)], run);
  const key = seen.find((card) => card.values.title !== undefined)?.key ?? '';
  const { cards } = await channel.peek([key], wildberries.descriptor.facets, run);
  const [live] = cards;
  if (live === undefined) throw new Error('the example of a card was not found again');
  const item = (part: Partial<PushItem>): PushItem => ({
    key: live.key,
    externalId: live.externalId,
    ids: { ...live.ids, chrt: '12345678' },
    values: {},
    carry: {},
    document: live.document,
    ...part,
  });
  const receipts: { key: string; operation: string; receipt: string }[] = [];
  const send = async (operation: string, one: PushItem) => {
    const [outcome] = await channel.push(operation, [{ item: one, body: wildberries.compose(operation, one) }], run);
    if (outcome?.kind === 'accepted' && outcome.receipt !== undefined) receipts.push({ key: one.key, operation, receipt: outcome.receipt });
  };
  const dimensions = { length: 200, width: 150, height: 250, weight: 1234 };
  const attributes = { '14177449': [{ text: 'красный' }], '90702': [{ text: '2000', number: true as const }], brand: [{ text: 'Ясень' }] };
  await send('create', item({ values: { category: '105', title: 'Т', description: 'О', attributes, dimensions, barcodes: ['1'], price: { price: 100_00, currency: 'RUB' } } }));
  await send('card', item({ values: { title: 'Т', description: 'О', attributes, dimensions, barcodes: ['1'] } }));
  await send('media', item({ values: { media: ['d'] }, mediaUrls: ['https://shop.test/1.jpg'] }));
  await send('prices', item({ values: { price: { price: 70_00, old: 100_00, currency: 'RUB' } } }));
  const bySize = { ...live.ids, chrt: '12345678', offer: '12345678', sizes: '2', prices: 'by-size' };
  await send('prices', item({ ids: bySize, values: { price: { price: 70_00, old: 100_00, currency: 'RUB' } } }));
  await send('stocks', item({ values: { stock: { '7': 3 } } }));
  await send('trash', item({ values: { presence: 'archived' } }));
  await send('recover', item({ values: { presence: 'listed' } }));
  await channel.confirm([...receipts, { key: live.key, operation: 'prices', receipt: '5' }], run);
  return seen;
}
