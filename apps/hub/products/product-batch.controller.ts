import { Body, Controller, Get, Headers, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { editsNeedApproval, type ProductPatch, setEditsNeedApproval } from '#catalog';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { listOf } from '../http/answer-fields.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { withSpokenIssues } from '../texts/issue-words.js';
import { languageOf } from '../texts/language.js';
import { BatchOutcomeDto, DraftOutcomeDto } from './product-answers.dto.js';
import { fieldsOf } from './product-fields.js';
import { BatchDto, CatalogSettingsDto, SeenDraftsDto } from './products.dto.js';

/** Many products in one request: grid edits, and drafts that wait for approval. */
@ApiTags('products')
@Controller('api')
export class ProductBatchController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /** Each item is judged on the revision its editor saw; one outcome an item, in order. */
  @Requires('catalog:write')
  @Post('products/batch')
  @HttpCode(200)
  @ApiOkResponse({ type: listOf(BatchOutcomeDto) })
  async batch(@Body() { items, all_or_nothing }: BatchDto, @Caller() caller: Principal, @Headers('accept-language') accepted?: string): Promise<object> {
    const wanted = items.map(({ sku, based_on, patch }) => ({ sku, basedOn: based_on, patch: fieldsOf(patch, 'without-sku') as ProductPatch }));
    const outcomes = await this.parts.products.batch(wanted, { author: caller.author, cause: { kind: 'person' }, allOrNothing: all_or_nothing === true });
    return { items: withSpokenIssues(outcomes, languageOf(accepted)) };
  }

  /** Drafts are listed by GET /api/products?draft=true. */
  @Requires('catalog:write')
  @Post('drafts/approve')
  @HttpCode(200)
  @ApiOkResponse({ type: listOf(DraftOutcomeDto) })
  async approve(@Body() { items }: SeenDraftsDto): Promise<object> {
    return { items: await this.parts.products.approveDrafts(items) };
  }

  /** The products say again what was last approved; one that never was approved is archived. */
  @Requires('catalog:write')
  @Post('drafts/reject')
  @HttpCode(200)
  @ApiOkResponse({ type: listOf(DraftOutcomeDto) })
  async reject(@Body() { items }: SeenDraftsDto, @Caller() caller: Principal): Promise<object> {
    return { items: await this.parts.products.rejectDrafts(items, caller.author) };
  }

  @Requires('read')
  @Get('catalog/settings')
  @ApiOkResponse({ type: CatalogSettingsDto })
  async settings(): Promise<CatalogSettingsDto> {
    return { edits_need_approval: await editsNeedApproval(this.parts.pool) };
  }

  @Requires('admin')
  @Put('catalog/settings')
  @ApiOkResponse({ type: CatalogSettingsDto })
  async set(@Body() body: CatalogSettingsDto, @Caller() caller: Principal): Promise<CatalogSettingsDto> {
    await setEditsNeedApproval(this.parts.pool, body.edits_need_approval, caller.author);
    return this.settings();
  }
}
