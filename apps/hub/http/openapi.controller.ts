import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Open } from '../auth/policy.js';
import { OpenApiDocument } from './openapi-document.js';
import { notFound } from './problem.js';

const resolveHere = createRequire(import.meta.url);
const assets = dirname(createRequire(resolveHere.resolve('@nestjs/swagger')).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Эталон · API</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head><body><div id="ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#ui', deepLinking: true, persistAuthorization: false });`;
const FILES: Readonly<Record<string, string>> = { 'swagger-ui.css': 'text/css; charset=utf-8', 'swagger-ui-bundle.js': 'text/javascript; charset=utf-8' };

/** The description of the API, and a page to try it; everything comes from this hub. */
@ApiExcludeController()
@Controller('api')
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @Open()
  @Get('openapi.json')
  openapi(): object {
    return this.document.get();
  }

  @Open()
  @Get('docs')
  async page(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
      })
      .send(PAGE);
  }

  @Open()
  @Get('docs/:file')
  async asset(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    if (file === 'start.js') {
      await reply.header('content-type', 'text/javascript; charset=utf-8').send(START);
      return;
    }
    const type = FILES[file];
    if (type === undefined) throw notFound('The file', 'file', file.slice(0, 100));
    await reply.headers({ 'content-type': type, 'cache-control': 'public, max-age=86400' }).send(createReadStream(join(assets, file)));
  }
}
