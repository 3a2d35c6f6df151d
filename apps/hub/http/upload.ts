import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { finalize, type Observable } from 'rxjs';
import { errorText } from '#platform';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { Problem } from './problem.js';

const MOST_BYTES = 300 * 1024 * 1024;

/** A file that came with a request; it is gone when the request is answered. */
export class Upload {
  constructor(
    readonly file: string,
    readonly name: string,
    readonly sha256: string,
    readonly bytes: number,
  ) {}
}

function safeName(value: unknown): string {
  const name =
    typeof value === 'string'
      ? basename(value.replaceAll('\\', '/'))
          .replaceAll(/[\u0000-\u001f"<>|:*?]/g, '_')
          .slice(0, 150)
      : '';
  return name === '' || name === '.' || name === '..' ? 'upload' : name;
}

/** Puts a streamed body on disk, after the caller was let in and never in memory, and gives the route an `Upload`. */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!(request.body instanceof Readable)) return next.handle();
    const folder = join(this.parts.config.dataDir, 'uploads', randomUUID());
    const clear = (): void => {
      rm(folder, { recursive: true, force: true }).catch((error: unknown) => this.parts.logger.warn({ reason: errorText(error) }, 'an upload was left behind'));
    };
    try {
      request.body = await receive(request.body, folder, safeName(typeof request.query === 'object' && request.query !== null ? Reflect.get(request.query, 'name') : undefined));
    } catch (error) {
      clear();
      throw error;
    }
    return next.handle().pipe(finalize(clear));
  }
}

async function receive(body: Readable, folder: string, name: string): Promise<Upload> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > MOST_BYTES ? new Problem(413, 'too-large', 'The file is too large') : null, chunk);
    },
  });
  const file = join(folder, name);
  await pipeline(body, meter, createWriteStream(file, { mode: 0o600 }));
  return new Upload(file, name, hash.digest('hex'), bytes);
}
