import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { contractBreaks } from '#reconcile';
import { Requires } from '../auth/policy.js';
import { AnyField, listOf, OneOfField, TextField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { AccountDirectory } from './account-directory.js';

class ContractBreakDto {
  @OneOfField(['answer', 'switched-off'], { description: 'an answer that does not fit, or a call the channel no longer knows' })
  readonly kind!: string;

  @TextField()
  readonly message!: string;

  @AnyField({ nullable: true, description: 'the newest answer without secrets' })
  readonly body!: unknown;

  @TimeField({ description: 'on the account’s clock' })
  readonly first_at!: string;

  @TimeField()
  readonly last_at!: string;

  @WholeField()
  readonly times!: number;

  @YesNoField({ description: 'not seen any more' })
  readonly over!: boolean;
}

@ApiTags('accounts')
@Controller('api')
export class ContractBreaksController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /** What the channel answered that does not fit its API as this program knows it, newest first. */
  @Requires('read')
  @ApiOkResponse({ type: listOf(ContractBreakDto) })
  @Get('accounts/:account/contract-breaks')
  async list(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { items: await contractBreaks(this.parts.pool, account.id, await this.accounts.nowOf(account)) };
  }
}
