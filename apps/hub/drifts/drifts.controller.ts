import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Facet } from '#channels/contract';
import { approveDrift, createIgnoreRule, driftById, driftPage, driftSummary, type IgnoreRuleDraft, retryDrift } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { pageOf } from '../http/answer-fields.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound } from '../http/problem.js';
import { facetDiffs } from '../listings/facet-diff.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { DriftDto, DriftSummaryDto, DriftWithDiffDto, IgnoreMadeDto } from './drift-answers.dto.js';
import { DriftQueryDto, IgnoreDriftDto } from './drifts.dto.js';

@ApiTags('drifts')
@Controller('api')
export class DriftsController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  @Requires('read')
  @ApiOkResponse({ type: pageOf(DriftDto) })
  @Get('drifts')
  async page(@Query() query: DriftQueryDto): Promise<object> {
    const { items, more } = await driftPage(
      this.parts.pool,
      {
        accountId: query.account,
        states: query.state ?? ['open', 'repairing', 'held', 'case'],
        kind: query.kind,
        cause: query.cause,
        facet: query.facet,
        text: query.text,
        before: readIdCursor(query.cursor),
      },
      query.limit,
    );
    const last = items.at(-1);
    return { items, next_cursor: more && last !== undefined ? writeCursor([last.id]) : null };
  }

  @Requires('read')
  @ApiOkResponse({ type: DriftSummaryDto })
  @Get('drifts/summary')
  summary(): Promise<object> {
    return driftSummary(this.parts.pool);
  }

  @Requires('read')
  @ApiOkResponse({ type: DriftWithDiffDto })
  @Get('drifts/:id')
  async one(@Param('id', IdPipe) id: string): Promise<object> {
    const drift = await driftById(this.parts.pool, id);
    if (drift === undefined) throw notFound('The drift', 'id', id);
    const { rows } = await this.parts.pool.query<{ observed: string | null }>('SELECT observed FROM drift WHERE id = $1', [id]);
    const [diff] = await facetDiffs(this.parts.pool, drift.account_id, [
      { listingId: drift.listing_id, facet: drift.facet, part: drift.part, observedPrint: rows[0]?.observed ?? null },
    ]);
    return { ...drift, diff: diff ?? null };
  }

  @Requires('steer')
  @ApiNoContentResponse()
  @Post('drifts/:id/approve')
  @HttpCode(204)
  async approve(@Param('id', IdPipe) id: string, @Caller() caller: Principal): Promise<void> {
    await approveDrift(this.parts.pool, id, await this.by(id, caller));
  }

  @Requires('steer')
  @ApiNoContentResponse()
  @Post('drifts/:id/retry')
  @HttpCode(204)
  async retry(@Param('id', IdPipe) id: string, @Caller() caller: Principal): Promise<void> {
    await retryDrift(this.parts.pool, id, await this.by(id, caller));
  }

  @Requires('steer')
  @ApiCreatedResponse({ type: IgnoreMadeDto })
  @Post('drifts/:id/ignore')
  async ignore(@Param('id', IdPipe) id: string, @Body() body: IgnoreDriftDto, @Caller() caller: Principal): Promise<object> {
    const drift = await driftById(this.parts.pool, id);
    if (drift === undefined) throw notFound('The drift', 'id', id);
    const draft: IgnoreRuleDraft = {
      accountId: drift.account_id,
      listingId: drift.listing_id,
      facet: drift.facet as Facet,
      reason: body.reason,
      ...(body.path === undefined ? {} : { path: body.path }),
      ...(body.expires_at === undefined ? {} : { expiresAt: new Date(body.expires_at) }),
    };
    return createIgnoreRule(this.parts.pool, draft, { author: caller.author, now: await this.accounts.nowOfId(drift.account_id) });
  }

  private async by(driftId: string, caller: Principal): Promise<{ author: string; now: number }> {
    const drift = await driftById(this.parts.pool, driftId);
    if (drift === undefined) throw notFound('The drift', 'id', driftId);
    return { author: caller.author, now: await this.accounts.nowOfId(drift.account_id) };
  }
}
