import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { DeclaredAnswers, type DeclaredOperation } from './door-answers.js';
import { seedCase, seedHeldCard, seedProposal } from './door-cards.js';
import { ADMIN_PASSWORD, type Answer, type CallOptions, type DoorHub, openDoors } from './door-hub.js';

const SKU = 'ANSWERED-1';
/** Never ends by itself. */
const STREAMS = ['/api/events'];

let doors: DoorHub;
let declared: DeclaredAnswers;
let account = '';
let drift = '';
let listing = '';
const answered = new Map<string, number[]>();

beforeAll(async () => {
  doors = await openDoors();
  declared = new DeclaredAnswers((await doors.call('/api/openapi.json', { token: false })).body);
  await doors.call('/api/products', { method: 'POST', body: { sku: SKU, title: 'Чайник стальной 1,7 л' } });
  account = String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: { clientId: '1', apiKey: 'k' } } })).body['id']);
  ({ listing, drift } = await seedHeldCard(doors.pool, account, SKU));
}, 60_000);
afterAll(() => doors.close());

/** The call and what is wrong with its answer. */
async function asked(path: string, options: CallOptions = {}): Promise<{ answer: Answer; faults: readonly string[] }> {
  const method = options.method ?? 'GET';
  const operation = declared.find(method, path);
  if (operation === undefined) throw new Error(`${method} ${path} is in no document`);
  const answer = await doors.call(path, options);
  const key = `${operation.method} ${operation.path}`;
  answered.set(key, [...(answered.get(key) ?? []), answer.status]);
  return { answer, faults: declared.faults(operation, answer.status, answer.headers.get('content-type') ?? '', answer.body) };
}

async function good(path: string, options: CallOptions = {}): Promise<Answer['body']> {
  const { answer, faults } = await asked(path, options);
  expect(faults).toEqual([]);
  expect([path, answer.status < 400 ? 'well' : answer.body]).toEqual([path, 'well']);
  return answer.body;
}

const post = (path: string, body: unknown = {}) => good(path, { method: 'POST', body });
const put = (path: string, body: unknown = {}) => good(path, { method: 'PUT', body });

function hasContent(operation: DeclaredOperation): boolean {
  return Object.entries(operation.responses).some(([status, response]) => {
    if (!/^[23]\d\d$/.test(status)) return false;
    const { content } = response;
    return (
      status === '204' || status === '302' || (typeof content === 'object' && content !== null && Object.values(content).every((one) => typeof one === 'object' && 'schema' in one))
    );
  });
}

describe('the description of the API', () => {
  it('declares the answers of every route, with their shapes', () => {
    expect(declared.operations.length).toBeGreaterThan(55);
    expect(declared.operations.filter((one) => !hasContent(one)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(declared.operations.filter((one) => !('default' in one.responses)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('sees an answer that is not as declared', () => {
    const operation = declared.find('GET', '/api/status');
    if (operation === undefined) throw new Error('no status');
    const faults = (body: unknown): string[] => declared.faults(operation, 200, 'application/json', body);
    expect(faults({ listings: 'many' }).join()).toMatch(/listings must be integer/);
    expect(faults({ surprise: 1 }).join()).toMatch(/surprise/);
    expect(declared.faults(operation, 201, 'application/json', {})).toHaveLength(1);
    expect(declared.faults(operation, 200, 'text/html', {})).toHaveLength(1);
  });
});

describe('the answers as declared', () => {
  it('about the hub itself', async () => {
    for (const path of ['/health', '/health/live', '/health/ready', '/metrics', '/api/status', '/api/demo', '/api/channels', '/api/auth/me']) await good(path);
    await good('/api/auth/login', { method: 'POST', body: { name: 'admin', password: ADMIN_PASSWORD }, token: false, headers: { origin: doors.hub.url } });
    const { id } = await post('/api/auth/tokens', { name: 'reader', scopes: ['read'] });
    await good('/api/auth/tokens');
    await good(`/api/auth/tokens/${String(id)}`, { method: 'DELETE' });
    await post('/api/auth/reset-password', { name: 'admin' });
    await post('/api/auth/logout');
  });

  it('about accounts', async () => {
    for (const path of ['', `/${account}`, `/${account}/policy`, `/${account}/figures`, `/${account}/policy/all/preview?mode=auto`]) await good(`/api/accounts${path}`);
    await put(`/api/accounts/${account}/credentials`, { credentials: { clientId: '2', apiKey: 'n' } });
    await put(`/api/accounts/${account}/quiet-hours`, { from: '22:00', to: '06:00' });
    await put(`/api/accounts/${account}/quiet-hours`, { from: null, to: null });
    await put(`/api/accounts/${account}/policy/price`, { mode: 'auto' });
    await post(`/api/accounts/${account}/pause`, { reason: 'учёт', until: '2030-01-01T00:00:00Z' });
    for (const act of ['resume', 'sweep', 'sync', 'retry-failing']) await post(`/api/accounts/${account}/${act}`);
    await doors.pool.query(`UPDATE channel_account SET state = 'braked', state_reason = 'mass-drift' WHERE id = $1`, [account]);
    await post(`/api/accounts/${account}/release-brake`);
    const { id } = await post('/api/accounts', { channel: 'ozon', title: 'Вторая лавка', credentials: { clientId: '3', apiKey: 'k' } });
    await good(`/api/accounts/${String(id)}/removal`);
    await good(`/api/accounts/${String(id)}`, { method: 'DELETE' });
  });

  it('about cards that were there before', async () => {
    const { orphan, proposal } = await seedProposal(doors.pool, account, SKU);
    expect((await good(`/api/accounts/${account}/orphans`))['items']).toMatchObject([{ listing_id: orphan, key: 'OLD-1', title: 'Чайник стальной', proposals: 1, best_score: 85 }]);
    expect((await good(`/api/accounts/${account}/proposals?state=open&limit=1`))['items']).toMatchObject([{ id: proposal, sku: SKU, card_title: 'Чайник стальной' }]);
    expect(await good(`/api/accounts/${account}/first-report`)).toMatchObject({ orphans: 1, proposals: 1, strong: 1 });
    expect(await good(`/api/accounts/${account}/duplicates`)).toEqual({ items: [] });
    await put(`/api/accounts/${account}/matching`, { by_barcode: true });
    await post(`/api/accounts/${account}/proposals/${proposal}/decision`, { decision: 'reject' });
    const again = await asked(`/api/accounts/${account}/proposals/${proposal}/decision`, { method: 'POST', body: { decision: 'accept' }, headers: { 'accept-language': 'ru' } });
    expect(again.faults).toEqual([]);
    expect(again.answer.body).toMatchObject({ status: 409, reason: 'match-decided' });
    expect(String(again.answer.body['detail'])).toContain('отмените решение');
    await post(`/api/accounts/${account}/proposals/${proposal}/decision`, { decision: 'reopen' });
    await doors.pool.query('DELETE FROM listing WHERE id = $1', [orphan]);
  });

  it('about cards and drifts', async () => {
    for (const path of ['/api/listings', `/api/listings/${listing}`, `/api/listings/${listing}/render`, `/api/diff/${SKU}`, `/api/explain/${SKU}`, '/api/evidence/verify'])
      await good(path);
    for (const path of ['/api/drifts?text=чайник', '/api/drifts/summary', `/api/drifts/${drift}`, `/api/drifts/${drift}/proof`]) await good(path);
    expect((await good('/api/drifts?text=чайник'))['items']).toHaveLength(1);
    await post(`/api/drifts/${drift}/retry`);
    await doors.pool.query(`UPDATE listing_facet SET state = 'held', reason = 'approval' WHERE listing_id = $1`, [listing]);
    await post(`/api/drifts/${drift}/approve`);
    await doors.pool.query(`UPDATE listing_facet SET state = 'held', reason = 'approval' WHERE listing_id = $1`, [listing]);
    await post(`/api/listings/${listing}/approve`);
    await post(`/api/listings/${listing}/retry`);
    await post(`/api/listings/${listing}/freeze`, { until: '2030-01-01T00:00:00Z' });
    await post(`/api/listings/${listing}/freeze`, { until: null });
  });

  it('about rules and cases', async () => {
    await doors.pool.query(`UPDATE listing_facet SET state = 'drifted', reason = NULL WHERE listing_id = $1`, [listing]);
    const rule = { account, facet: 'title', reason: 'так задумано' };
    await post('/api/ignore-rules/preview', rule);
    const { id } = await post('/api/ignore-rules', rule);
    await good('/api/ignore-rules');
    expect(await good(`/api/ignore-rules/${String(id)}/cover`)).toMatchObject({ cards: 1, examples: [SKU] });
    await put(`/api/ignore-rules/${String(id)}/end`, { expires_at: '2030-01-01T00:00:00Z' });
    await good(`/api/ignore-rules/${String(id)}`, { method: 'DELETE' });
    await post(`/api/drifts/${drift}/ignore`, { reason: 'на этой карточке' });
    const opened = await seedCase(doors.pool, account, listing);
    await good('/api/cases?state=open');
    await post(`/api/cases/${opened}/close`, { reason: 'поддержка исправила' });
    expect((await asked(`/api/cases/${opened}/close`, { method: 'POST', body: { reason: 'ещё раз' } })).answer.body).toMatchObject({ code: 'wrong-state', reason: 'case-closed' });
  });

  it('about pictures', async () => {
    const picture = new Uint8Array(
      await sharp({ create: { width: 300, height: 300, channels: 3, background: '#c33' } })
        .jpeg()
        .toBuffer(),
    );
    const { url } = await good('/api/media', { method: 'POST', raw: picture, headers: { 'content-type': 'image/jpeg' } });
    await good(String(url));
  });

  it('of every other route too, whatever it answers', async () => {
    const places: Readonly<Record<string, string>> = { sku: SKU, account };
    const left = declared.operations.filter((one) => !answered.has(`${one.method} ${one.path}`) && !STREAMS.includes(one.path));
    const faults: string[] = [];
    for (const { method, path } of left) {
      const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => places[name] ?? '1');
      faults.push(...(await asked(address, { method: method.toUpperCase(), ...(method === 'get' ? {} : { body: {} }) })).faults);
    }
    expect(faults).toEqual([]);
    expect(answered.size).toBe(declared.operations.length - STREAMS.length);
  });
});

describe('a refusal', () => {
  it.each([
    ['ru', 'Не найдено: кабинет', 'не найдено'],
    ['en-GB,en;q=0.9', 'Not found: the account', 'was not found'],
    ['zh-CN', '未找到：账户', '未找到'],
  ])('is said in the language of the reader: %s', async (language, title, message) => {
    const { answer, faults } = await asked('/api/accounts/99999', { headers: { 'accept-language': language } });
    expect(faults).toEqual([]);
    expect(answer.body).toMatchObject({ status: 404, code: 'not-found', title, errors: [{ field: 'account', code: 'not-found', message }] });
    expect(answer.headers.get('content-language')).toBe(language.slice(0, 2));
    expect(answer.headers.get('vary')).toContain('accept-language');
  });

  it('of a wrong field says in every language what is allowed', async () => {
    const wrong = async (language: string): Promise<unknown> =>
      (await asked('/api/listings?limit=0&state=lost&surprise=1', { headers: { 'accept-language': language } })).answer.body['errors'];
    expect(await wrong('ru')).toEqual(
      expect.arrayContaining([
        { field: 'limit', value: 0, code: 'min', message: 'должно быть не меньше 1' },
        { field: 'surprise', code: 'unknown-field', message: 'здесь не известно', remedy: 'Уберите его.' },
      ]),
    );
    expect(JSON.stringify(await wrong('en'))).toContain('must be one of failing, drifted, held');
    expect(JSON.stringify(await wrong('zh'))).toContain('不能小于 1');
  });

  it('of a steering act names its cause for programs and people', async () => {
    const { answer } = await asked(`/api/accounts/${account}/release-brake`, { method: 'POST', body: {}, headers: { 'accept-language': 'en' } });
    expect(answer.body).toMatchObject({ code: 'wrong-state', reason: 'no-brake', detail: 'No brake is pulled on this account.' });
  });
});
