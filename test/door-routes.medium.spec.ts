import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, type INestApplication } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Open } from '../apps/hub/auth/policy.js';
import { assertEveryRouteHasPolicy, declaredRoutes } from '../apps/hub/auth/route-policies.js';
import { type Answer, type DoorHub, openDoors } from './door-hub.js';

@Controller('planted')
class PlantedController {
  @Open()
  @Get('open')
  open(): string {
    return 'open';
  }

  @Get('bare')
  bare(): string {
    return 'bare';
  }
}

let doors: DoorHub;
let paths: Record<string, Record<string, { parameters?: unknown }>>;
beforeAll(async () => {
  doors = await openDoors();
  paths = (await doors.call('/api/openapi.json', { token: false })).body['paths'] as typeof paths;
}, 60_000);
afterAll(() => doors.close());

/** What anyone may call; everything else needs a credential. */
const OPEN = ['/health', '/health/live', '/health/ready', '/metrics', '/api/auth/login', '/api/hooks/{account}', '/media/{name}'];

describe('the policy of every route', () => {
  it('is declared, or the hub does not start', async () => {
    const module = await Test.createTestingModule({ imports: [DiscoveryModule], controllers: [PlantedController] }).compile();
    const app: INestApplication = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    const routes = declaredRoutes(app);
    expect(routes.map((route) => route.path).sort()).toEqual(['/planted/bare', '/planted/open']);
    expect(() => assertEveryRouteHasPolicy(routes)).toThrow(/GET \/planted\/bare/);
    expect(() => assertEveryRouteHasPolicy(routes.filter((route) => route.policy !== undefined))).not.toThrow();
    expect(() => assertEveryRouteHasPolicy([])).toThrow(/no routes/);
    await app.close();
  });

  it('keeps everybody out of everything that is not open', async () => {
    const called: string[] = [];
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        if (OPEN.includes(path)) continue;
        const answer = await doors.call(path.replaceAll(/\{\w+\}/g, '1'), { method: method.toUpperCase(), token: false, ...(method === 'get' ? {} : { body: {} }) });
        called.push(`${method} ${path}`);
        expect([path, method, answer.status]).toEqual([path, method, 401]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
    }
    expect(called.length).toBeGreaterThan(40);
  });

  it('lets a reader change nothing', async () => {
    const token = String((await doors.call('/api/auth/tokens', { method: 'POST', body: { name: 'reader', scopes: ['read'] } })).body['token']);
    const harmless = ['/api/auth/logout', '/api/auth/password', '/api/ignore-rules/preview', '/api/evidence/pack', '/api/auth/login', '/api/hooks/{account}'];
    let refused = 0;
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods).filter((one) => one !== 'get')) {
        if (harmless.includes(path)) continue;
        const answer = await doors.call(path.replaceAll(/\{\w+\}/g, '1'), { method: method.toUpperCase(), token, body: {} });
        expect([path, method, answer.body['code']]).toEqual([path, method, 'not-allowed']);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(20);
  });
});

describe('what is served besides', () => {
  it('is the page to try the API, with nothing from elsewhere', async () => {
    const page = await doors.call('/api/docs', { token: false });
    expect(page.text).not.toMatch(/https?:\/\//);
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) expect((await doors.call(`/api/docs/${file}`, { token: false })).status).toBe(200);
    expect((await doors.call('/api/docs/package.json', { token: false })).status).toBe(404);
  });

  it('is the console for addresses of its own, and no file outside its folder', async () => {
    expect((await doors.call('/drifts/17', { token: false })).headers.get('content-type')).toContain('text/html');
    for (const path of ['/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/../../../package.json']) {
      expect((await doors.call(path, { token: false })).text).not.toContain('devDependencies');
    }
    expect((await doors.call('/api/nothing', { token: false })).status).toBe(404);
  });

  it('is health with a job there and back, and figures for Prometheus', async () => {
    expect((await doors.call('/health/ready', { token: false })).body).toMatchObject({ ready: true, database: true, migrations: true, queue: true });
    expect((await doors.call('/metrics', { token: false })).text).toContain('etalon_queue_jobs');
  });

  it('is not ready while a migration of this build is missing', async () => {
    const rename = (from: string, to: string) => doors.pool.query('UPDATE schema_migration SET name = $2 WHERE name = $1', [from, to]);
    const { rows } = await doors.pool.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id DESC LIMIT 1');
    const newest = rows[0]?.name ?? '';
    const told = async (ready: boolean): Promise<Answer> => {
      for (;;) {
        const answer = await doors.call('/health/ready', { token: false });
        if (answer.body['ready'] === ready) return answer;
        await pause(200);
      }
    };
    await rename(newest, 'of-another-build');
    expect(await told(false)).toMatchObject({ status: 503, body: { database: true, migrations: false } });
    await rename('of-another-build', newest);
    expect(await told(true)).toMatchObject({ status: 200, body: { migrations: true } });
  }, 30_000);
});
