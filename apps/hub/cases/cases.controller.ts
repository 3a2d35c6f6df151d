import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { casePage, closeCase } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { pageOf } from '../http/answer-fields.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { CaseDto, CaseQueryDto, CloseCaseDto } from './cases.dto.js';

@ApiTags('cases')
@Controller('api/cases')
export class CasesController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /** What waits for a person, newest first. */
  @Requires('read')
  @ApiOkResponse({ type: pageOf(CaseDto) })
  @Get()
  async page(@Query() query: CaseQueryDto): Promise<object> {
    const { items, more } = await casePage(this.parts.pool, { accountId: query.account, state: query.state, before: readIdCursor(query.cursor) }, query.limit);
    const last = items.at(-1);
    return { items, next_cursor: more && last !== undefined ? writeCursor([last.id]) : null };
  }

  /** Says what came of a case. The card itself is steered through its drift or its listing. */
  @Requires('steer')
  @ApiNoContentResponse()
  @Post(':id/close')
  @HttpCode(204)
  async close(@Param('id', IdPipe) id: string, @Body() body: CloseCaseDto, @Caller() caller: Principal): Promise<void> {
    await closeCase(this.parts.pool, id, body.reason, caller.author, await this.accounts.nowOfAny());
  }
}
