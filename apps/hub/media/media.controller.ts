import { Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires } from '../auth/policy.js';
import { FILE } from '../http/answer-fields.js';
import { Problem } from '../http/problem.js';
import { mediaPath } from '../listings/shown-pictures.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { StoredPictureDto } from './media.dto.js';

@ApiTags('media')
@Controller()
export class MediaController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  @Requires('catalog:write')
  @ApiConsumes('image/jpeg', 'image/png', 'image/webp')
  @ApiBody({ schema: FILE })
  @ApiCreatedResponse({ type: StoredPictureDto })
  @Post('api/media')
  async upload(@Req() request: FastifyRequest): Promise<object> {
    if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
      throw new Problem(415, 'unsupported-type', 'Send the bytes of one picture');
    }
    const { digest, mime, width, height, bytes } = await this.parts.media.put(request.body);
    return { digest, mime, width, height, bytes, url: mediaPath(digest) };
  }
}
