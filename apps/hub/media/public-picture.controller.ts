import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../auth/policy.js';
import { FILE } from '../http/answer-fields.js';
import { notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';

// A nonce behind the digest makes a URL that no channel has seen yet; it names the same bytes.
const NAME = /^([0-9a-f]{64})(?:-[A-Za-z0-9_-]{1,40})?\.(?:jpe?g|png|webp)$/;

/** The pictures that channels fetch. Every role serves them: a worker gives a simulated channel its own address. */
@ApiTags('media')
@Controller()
export class PublicPictureController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /** Public: a digest, perhaps with a nonce behind it, that only who was given it knows. */
  @Open()
  @ApiProduces('image/jpeg', 'image/png', 'image/webp')
  @ApiOkResponse({ schema: FILE })
  @Get('media/:name')
  async serve(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const digest = NAME.exec(name)?.[1];
    const etag = `"${digest}"`;
    void reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', etag, 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'cross-origin' });
    if (digest !== undefined && request.headers['if-none-match'] === etag) {
      await reply.status(304).send();
      return;
    }
    const picture = digest === undefined ? undefined : await this.parts.media.openPicture(digest);
    if (picture === undefined) {
      void reply.removeHeader('etag').header('cache-control', 'no-store');
      throw notFound('The picture', 'name', name.slice(0, 120));
    }
    await reply.headers({ 'content-type': picture.mime, 'content-length': picture.bytes }).send(picture.stream);
  }
}
