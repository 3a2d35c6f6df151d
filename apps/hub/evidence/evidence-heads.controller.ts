import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { acceptHead, HeadFile, HeadFileUnreadable, HeadNotAccepted, headStanding } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { Problem } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { AcceptHeadDto, HeadStandingDto } from './evidence-heads.dto.js';

/** The last entry of each chain as it is kept beside the database, and the way to let go of one that a restored database does not have. */
@ApiTags('evidence')
@Controller('api/evidence/heads/:account')
export class EvidenceHeadsController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  @Requires('read')
  @ApiOkResponse({ type: HeadStandingDto })
  @Get()
  async standing(@Param('account') name: string): Promise<object> {
    return this.shown(await this.named(name));
  }

  /** Accepts that entries up to the kept head are lost. The loss goes on the record; the head that was kept stays in the file among the former ones. */
  @Requires('admin')
  @ApiOkResponse({ type: HeadStandingDto })
  @Post('accept')
  @HttpCode(200)
  async accept(@Param('account') name: string, @Body() { kept, reason }: AcceptHeadDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.named(name);
    const [seq = '', hash = ''] = kept.split(':');
    const now = account.title === '' ? Date.now() : await this.accounts.nowOfId(account.id);
    await acceptHead(this.parts.pool, this.file(), account.id, { seen: { seq, hash }, author: caller.author, reason, now }).catch(asProblem);
    return this.shown(account);
  }

  /** An account that the database lost is named by its number. */
  private async named(name: string): Promise<{ readonly id: string; readonly title: string }> {
    if (/^[1-9]\d{0,17}$/.test(name)) {
      const account = (await this.accounts.all()).find(({ id }) => id === name);
      const kept = await this.file().heads().catch(asProblem);
      if (account === undefined && kept.has(name)) return { id: name, title: '' };
    }
    return this.accounts.find(name);
  }

  private async shown({ id, title }: { readonly id: string; readonly title: string }): Promise<object> {
    const { kept, chain, conflict } = await headStanding(this.parts.pool, this.file(), id).catch(asProblem);
    return { account: id, title, kept: kept ?? null, found: chain.head ?? null, contradicted: conflict !== undefined, chain_ok: chain.ok };
  }

  private file(): HeadFile {
    return new HeadFile(this.parts.config.dataDir);
  }
}

function asProblem(error: unknown): never {
  if (error instanceof HeadFileUnreadable) throw new Problem(409, 'heads-unreadable', error.message, { params: { file: error.file } });
  if (error instanceof HeadNotAccepted) throw new Problem(409, error.code, 'The head is not accepted');
  throw error;
}
