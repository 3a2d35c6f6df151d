import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { coverOfRule, createIgnoreRule, deleteIgnoreRule, type IgnoreRuleDraft, listIgnoreRules, previewIgnoreRule, setRuleEnd } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { listOf } from '../http/answer-fields.js';
import { IdPipe } from '../http/id.pipe.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { IgnoreEndedDto, IgnoreMadeDto, IgnorePreviewDto, IgnoreRuleRowDto } from './drift-answers.dto.js';
import { IgnoreRuleDto, RuleEndDto } from './drifts.dto.js';

function draftOf(body: IgnoreRuleDto): IgnoreRuleDraft {
  return {
    accountId: body.account,
    facet: body.facet,
    reason: body.reason,
    ...(body.listing === undefined ? {} : { listingId: body.listing }),
    ...(body.path === undefined ? {} : { path: body.path }),
    ...(body.expires_at === undefined ? {} : { expiresAt: new Date(body.expires_at) }),
  };
}

@ApiTags('drifts')
@Controller('api/ignore-rules')
export class IgnoreRulesController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  @Requires('read')
  @ApiOkResponse({ type: listOf(IgnoreRuleRowDto) })
  @Get()
  async list(): Promise<object> {
    return { items: await listIgnoreRules(this.parts.pool) };
  }

  /** How many cards the rule would silence; nothing is changed. */
  @Requires('read')
  @ApiOkResponse({ type: IgnorePreviewDto })
  @Post('preview')
  @HttpCode(200)
  preview(@Body() body: IgnoreRuleDto): Promise<object> {
    return previewIgnoreRule(this.parts.pool, draftOf(body));
  }

  @Requires('steer')
  @ApiCreatedResponse({ type: IgnoreMadeDto })
  @Post()
  async create(@Body() body: IgnoreRuleDto, @Caller() caller: Principal): Promise<object> {
    return createIgnoreRule(this.parts.pool, draftOf(body), { author: caller.author, now: await this.accounts.nowOfId(body.account) });
  }

  /** What the rule silences now. */
  @Requires('read')
  @ApiOkResponse({ type: IgnorePreviewDto })
  @Get(':id/cover')
  cover(@Param('id', IdPipe) id: string): Promise<object> {
    return coverOfRule(this.parts.pool, id);
  }

  /** Sets when the rule ends by itself. */
  @Requires('steer')
  @ApiNoContentResponse()
  @Put(':id/end')
  @HttpCode(204)
  async setEnd(@Param('id', IdPipe) id: string, @Body() body: RuleEndDto, @Caller() caller: Principal): Promise<void> {
    await setRuleEnd(this.parts.pool, id, body.expires_at === null ? null : new Date(body.expires_at), caller.author, await this.accounts.nowOfAny());
  }

  /** Ends the rule now: what it silenced counts again. */
  @Requires('steer')
  @ApiOkResponse({ type: IgnoreEndedDto })
  @Delete(':id')
  async end(@Param('id', IdPipe) id: string, @Caller() caller: Principal): Promise<object> {
    return { cards: await deleteIgnoreRule(this.parts.pool, id, caller.author, await this.accounts.nowOfAny()) };
  }
}
