import 'reflect-metadata';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { assertEveryRouteHasPolicy, declaredRoutes } from './auth/route-policies.js';
import { tooDeep } from './http/json-depth.js';
import { OpenApiDocument } from './http/openapi-document.js';
import { Problem } from './http/problem.js';
import { trustedProxies } from './http/trusted-proxies.js';
import { HubModule } from './hub.module.js';
import type { HubParts } from './parts/hub-parts.js';

const PICTURE_BYTES = 20 * 1024 * 1024;
const JSON_BYTES = 2 * 1024 * 1024;
const DELIVERIES = '/api/hooks/:account';
const DELIVERY_BYTES = 1024 * 1024;

/** The application with all its routes, not yet listening. @throws FatalStartError when a route declares no policy */
export async function createApp(parts: HubParts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: JSON_BYTES,
    routerOptions: { maxParamLength: 1_000 },
    forceCloseConnections: true,
    requestTimeout: 120_000,
    trustProxy: trustedProxies(parts.config.http.trustedProxies),
  });
  const app = await NestFactory.create<NestFastifyApplication>(HubModule.of(parts), adapter, { logger: false, abortOnError: false, rawBody: true });
  await app.register(cookie);
  const fastify = adapter.getInstance();
  fastify.addContentTypeParser(['image/jpeg', 'image/png', 'image/webp'], { parseAs: 'buffer', bodyLimit: PICTURE_BYTES }, (_request, body, done) => done(null, body));
  // A table is handed on as it comes: the caller is checked before a byte of it is kept.
  fastify.addContentTypeParser(
    [
      'text/csv',
      'application/octet-stream',
      'application/vnd.ms-excel',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/xml',
      'text/xml',
      'application/zip',
    ],
    (_request, body, done) => done(null, body),
  );
  fastify.addHook('onRoute', (route) => {
    if (route.url === DELIVERIES) route.bodyLimit = DELIVERY_BYTES;
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    done(/json/i.test(request.headers['content-type'] ?? '') && tooDeep(request.body) ? new Problem(400, 'too-deep', 'The body nests too deep') : undefined);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/') && reply.getHeader('cache-control') === undefined) void reply.header('cache-control', 'no-store');
    void reply.header('x-content-type-options', 'nosniff');
    done(null, payload);
  });
  assertEveryRouteHasPolicy(declaredRoutes(app));
  await app.init();
  if (parts.config.role !== 'worker') app.get(OpenApiDocument).describe(app);
  await fastify.ready();
  return app;
}
