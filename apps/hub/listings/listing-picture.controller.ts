import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '../auth/policy.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { mediaPath } from './shown-pictures.js';

@ApiTags('listings')
@Controller('api')
export class ListingPictureController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /** Leads to the first picture the card should show; 404 for a card without pictures. */
  @Requires('read')
  @ApiFoundResponse({ description: 'the address of the picture' })
  @Get('listings/:id/picture')
  async picture(@Param('id', IdPipe) id: string, @Res() reply: FastifyReply): Promise<void> {
    const { rows } = await this.parts.pool.query<{ digest: string | null }>(
      `SELECT values -> 'media' ->> 0 AS digest FROM listing_render WHERE listing_id = $1 ORDER BY revision DESC, rules_version DESC, projection DESC LIMIT 1`,
      [id],
    );
    const digest = rows[0]?.digest ?? null;
    if (digest === null || !/^[0-9a-f]{64}$/.test(digest)) throw notFound('A picture of this card', 'id', id);
    await reply
      .status(302)
      .headers({ location: mediaPath(digest), 'cache-control': 'private, max-age=300' })
      .send();
  }
}
