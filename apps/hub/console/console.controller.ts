import { existsSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { projectRoot } from '#platform';
import { Open } from '../auth/policy.js';
import { Problem } from '../http/problem.js';
import { placeholderPage } from './placeholder-page.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
};
const NOT_OURS = /^\/(api|media|health|metrics)(\/|$)/;
const CONTENT_SECURITY =
  "default-src 'self'; img-src 'self' data: blob: http: https:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

/** The console's files, and its start page for every address it routes itself. */
@ApiExcludeController()
@Controller()
export class ConsoleController {
  readonly #folder = join(projectRoot(), 'dist', 'console');

  @Open()
  @Get(['/', '*'])
  async serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const path = decodeURIComponent(request.url.split('?')[0] ?? '/');
    if (NOT_OURS.test(path)) throw new Problem(404, 'not-found', 'There is nothing at this address', { params: { thing: 'address' } });
    void reply.headers({ 'content-security-policy': CONTENT_SECURITY, 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff' });
    const file = await this.fileAt(path);
    if (file === undefined && extname(path) !== '' && extname(path) !== '.html')
      throw new Problem(404, 'not-found', 'There is nothing at this address', { params: { thing: 'address' } });
    const served = file ?? join(this.#folder, 'index.html');
    if (!existsSync(served)) {
      await reply.header('content-type', 'text/html; charset=utf-8').send(placeholderPage());
      return;
    }
    const lasting = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    await reply.headers({ 'content-type': TYPES[extname(served)] ?? 'application/octet-stream', 'cache-control': lasting }).send(createReadStream(served));
  }

  private async fileAt(path: string): Promise<string | undefined> {
    const file = normalize(join(this.#folder, path));
    if (path.includes('\0') || !file.startsWith(this.#folder + sep)) return undefined;
    return stat(file).then(
      (found) => (found.isFile() ? file : undefined),
      () => undefined,
    );
  }
}
