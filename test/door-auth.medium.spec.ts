import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN_PASSWORD, type Answer, type DoorHub, openDoors } from './door-hub.js';

let doors: DoorHub;
beforeAll(async () => {
  doors = await openDoors();
}, 60_000);
afterAll(() => doors.close());

const login = (name: string, password: string, headers: Record<string, string> = {}): Promise<Answer> =>
  doors.call('/api/auth/login', { method: 'POST', body: { name, password }, token: false, headers });

function cookieOf(answer: Answer): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('signing in', () => {
  it('opens a session by cookie that ends at once with logout', async () => {
    const answer = await login('Admin ', ADMIN_PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    const cookie = cookieOf(answer);
    expect((await doors.call('/api/auth/me', { token: false, headers: { cookie } })).body).toMatchObject({ kind: 'user', name: 'admin' });
    expect((await doors.call('/api/auth/logout', { method: 'POST', token: false, headers: { cookie } })).status).toBe(204);
    expect((await doors.call('/api/auth/me', { token: false, headers: { cookie } })).status).toBe(401);
  });

  it('keeps no token and no password in clear', async () => {
    const cookie = cookieOf(await login('admin', ADMIN_PASSWORD)).split('=')[1] ?? '';
    const { rows } = await doors.pool.query<{ dump: string }>(
      `SELECT (SELECT json_agg(s) FROM app_session s)::text || (SELECT json_agg(t) FROM api_token t)::text || (SELECT json_agg(u) FROM app_user u)::text AS dump`,
    );
    expect(cookie.length).toBeGreaterThan(40);
    for (const secret of [cookie, doors.hub.token, ADMIN_PASSWORD]) expect(rows[0]?.dump).not.toContain(secret);
  });

  it('takes no change made by a page of another site with the cookie of a browser', async () => {
    const cookie = cookieOf(await login('admin', ADMIN_PASSWORD));
    const change = (headers: Record<string, string>): Promise<Answer> =>
      doors.call('/api/auth/tokens', { method: 'POST', body: { name: 't', scopes: ['read'] }, token: false, headers: { cookie, ...headers } });
    expect((await change({ origin: 'https://evil.example' })).body['code']).toBe('cross-site');
    expect((await change({ 'sec-fetch-site': 'cross-site' })).body['code']).toBe('cross-site');
    expect((await change({ origin: 'null' })).status).toBe(403);
    expect((await change({ 'content-type': 'text/plain' })).status).toBeGreaterThanOrEqual(400);
    expect((await change({ origin: doors.hub.url })).status).toBe(201);
  });

  it('checks at most ten wrong passwords in a quarter of an hour, also at once and over a restart', async () => {
    const wrong = await Promise.all(Array.from({ length: 30 }, () => login('victim', 'guess')));
    const checked = wrong.filter((answer) => answer.status === 401).length;
    expect(checked).toBeLessThanOrEqual(10);
    expect(wrong.filter((answer) => answer.status === 429)).toHaveLength(30 - checked);
    await doors.restart();
    const after = await login('victim', 'guess');
    expect(after.status).toBe(429);
    expect(Number(after.headers.get('retry-after'))).toBeGreaterThan(0);
    const { rows } = await doors.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM login_attempt WHERE account = 'victim'`);
    expect(rows[0]?.n).toBe(checked);
  });

  it('lets the owner of the machine set a new password, which ends the sessions', async () => {
    await doors.pool.query('DELETE FROM login_attempt');
    const cookie = cookieOf(await login('admin', ADMIN_PASSWORD));
    const reset = await doors.call('/api/auth/reset-password', { method: 'POST', body: { name: 'admin' } });
    expect((await doors.call('/api/auth/me', { token: false, headers: { cookie } })).status).toBe(401);
    expect((await login('admin', ADMIN_PASSWORD)).status).toBe(401);
    expect((await login('admin', String(reset.body['password']))).status).toBe(200);
  });
});

describe('API tokens', () => {
  it('do what their scopes say and nothing else', async () => {
    const made = await doors.call('/api/auth/tokens', { method: 'POST', body: { name: 'reader', scopes: ['read'] } });
    const token = String(made.body['token']);
    expect((await doors.call('/api/status', { token })).status).toBe(200);
    expect((await doors.call('/api/products', { method: 'POST', body: { sku: 'A', title: 'A' }, token })).body['code']).toBe('not-allowed');
    expect((await doors.call('/api/auth/tokens', { token })).status).toBe(403);
    expect((await doors.call(`/api/auth/tokens/${String(made.body['id'])}`, { method: 'DELETE' })).status).toBe(204);
    expect((await doors.call('/api/status', { token })).status).toBe(401);
  });

  it('are never guessed from nonsense', async () => {
    for (const authorization of ['Bearer', 'Bearer x', 'Basic YTpi', 'Bearer etl_', `Bearer ${'x'.repeat(5_000)}`]) {
      expect((await doors.call('/api/status', { token: false, headers: { authorization } })).status).toBe(401);
    }
  });
});
