import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '../auth/policy.js';
import { FILE } from '../http/answer-fields.js';
import { notFound } from '../http/problem.js';
import { seenPicturePath } from '../lanes/seen-pictures.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';

const DIGEST = /^[0-9a-f]{64}$/;

@ApiTags('media')
@Controller('api')
export class SeenPictureController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /** A picture as it was seen on a channel, from our own copy: what it looked like then, whatever the channel shows now. */
  @Requires('read')
  @ApiProduces('image/jpeg')
  @ApiOkResponse({ schema: FILE })
  @Get('pictures/seen/:digest')
  async serve(@Param('digest') digest: string, @Res() reply: FastifyReply): Promise<void> {
    const path = DIGEST.test(digest) ? seenPicturePath(this.parts.config.dataDir, digest) : undefined;
    const size =
      path === undefined
        ? undefined
        : await stat(path).then(
            (file) => file.size,
            () => undefined,
          );
    if (path === undefined || size === undefined) throw notFound('The picture', 'digest', digest.slice(0, 80));
    await reply
      .headers({ 'content-type': 'image/jpeg', 'content-length': size, 'cache-control': 'private, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
      .send(createReadStream(path));
  }
}
