import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { BulkEditor, type BulkRequest, InvalidOperations, readOperations } from '#catalog';
import { type ChannelRegistry, listedCondition } from '#listings';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { listOf } from '../http/answer-fields.js';
import { IdPipe } from '../http/id.pipe.js';
import { channelIds } from '../http/known-channel.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { filterOf } from '../products/product-query.dto.js';
import { spokenReasons, withSpokenIssues } from '../texts/issue-words.js';
import { languageOf } from '../texts/language.js';
import { blastRadius } from './blast-radius.js';
import { BulkBodyDto, BulkPreviewDto, BulkStartDto, BulkStartedDto, RefusalDto, RefusalQueryDto } from './bulk.dto.js';

const REFUSALS = 1_000;

/** @throws InvalidOperations naming each fault by its place */
function requestOf({ filter, operations }: BulkBodyDto, channels: ChannelRegistry): BulkRequest {
  const read = readOperations(operations, channelIds(channels));
  if ('issues' in read) throw new InvalidOperations(read.issues);
  // Members that are undefined would vanish in the stored job; the token is made of what is stored.
  return JSON.parse(JSON.stringify({ filter: { ...filterOf(filter), ...(filter.skus && { skus: filter.skus }) }, operations: read.operations })) as BulkRequest;
}

/** Edits of thousands of products: looked at first, done as a job, undone as a job. Progress and cancelling stand under /api/jobs. */
@ApiTags('bulk')
@Controller('api/bulk')
export class BulkController {
  private readonly bulk: BulkEditor;

  constructor(@Inject(PARTS) private readonly parts: HubParts) {
    this.bulk = new BulkEditor(parts.pool, listedCondition);
  }

  /** Counts the products, tries the edit out on the first thousand, and says how far it would reach; nothing is kept. */
  @Requires('catalog:write')
  @Post('preview')
  @HttpCode(200)
  @ApiOkResponse({ type: BulkPreviewDto })
  async preview(@Body() body: BulkBodyDto, @Headers('accept-language') accepted?: string): Promise<object> {
    const request = requestOf(body, this.parts.channels);
    const preview = await this.bulk.preview(request);
    const language = languageOf(accepted);
    const told = { refusals: withSpokenIssues(preview.refusals, language), reasons: spokenReasons(preview.reasons, language) };
    return { ...preview, ...told, blast_radius: await blastRadius(this.parts.pool, this.parts.channels, request.filter, preview.fields) };
  }

  /** Starts the edit of exactly what the preview showed. */
  @Requires('catalog:write')
  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: BulkStartedDto })
  async start(@Body() body: BulkStartDto, @Caller() caller: Principal): Promise<BulkStartedDto> {
    return { job_id: await this.bulk.start(requestOf(body, this.parts.channels), body.token, caller.author) };
  }

  /** Gives every product it changed, and nobody edited since, its former document as a new revision. */
  @Requires('catalog:write')
  @Post(':id/undo')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: BulkStartedDto })
  async undo(@Param('id', IdPipe) id: string, @Caller() caller: Principal): Promise<BulkStartedDto> {
    return { job_id: await this.bulk.undo(id, caller.author), undoes: id };
  }

  /** Products that it left as they were, and why. */
  @Requires('read')
  @Get(':id/refusals')
  @ApiOkResponse({ type: listOf(RefusalDto) })
  async refusals(@Param('id', IdPipe) id: string, @Query() { after }: RefusalQueryDto, @Headers('accept-language') accepted?: string): Promise<object> {
    return { items: withSpokenIssues(await this.bulk.refusals(id, after, REFUSALS), languageOf(accepted)) };
  }
}
