import { Controller, Delete, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Account } from '#listings';
import { type AccountRemoval, previewRemoval, removeAccount } from '#reconcile';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { AccountDirectory } from './account-directory.js';
import { AccountRemovalDto, RemovalQueryDto } from './account-removal.dto.js';

/** The end of an account. It is connected again like a new one: it observes, and finds its cards by their articles. */
@ApiTags('accounts')
@Controller('api/accounts')
export class AccountRemovalController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /** What a removal would do now; nothing is changed. */
  @Requires('read')
  @ApiOkResponse({ type: AccountRemovalDto })
  @Get(':account/removal')
  async preview(@Param('account') name: string): Promise<AccountRemovalDto> {
    const account = await this.accounts.find(name);
    return shown(account, await previewRemoval(this.parts.pool, account.id));
  }

  /** Lets go of the account: listings, rules and keys are deleted, the evidence stays. Refused while calls or jobs of it are under way. */
  @Requires('admin')
  @ApiOkResponse({ type: AccountRemovalDto })
  @Delete(':account')
  async remove(@Param('account') name: string, @Query() { abandon }: RemovalQueryDto, @Caller() caller: Principal): Promise<AccountRemovalDto> {
    const account = await this.accounts.find(name);
    const by = { author: caller.author, now: await this.accounts.nowOf(account) };
    return shown(account, await removeAccount(this.parts.pool, account.id, abandon === 'true', by));
  }
}

function shown({ id, channel, title }: Account, removal: AccountRemoval): AccountRemovalDto {
  return { account: id, channel, title, ...removal };
}
