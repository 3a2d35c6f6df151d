import { Controller, Get, Headers, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Requires } from '../auth/policy.js';
import { OneOfField, TextField, TimeField, WholeField } from '../http/answer-fields.js';
import { PROBLEM_SPEAKERS } from '../http/problem-texts.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';

const STATES = ['unsupported', 'no-address', 'wanted', 'kept', 'paused', 'refused'] as const;

class AccountHooksDto {
  @OneOfField(STATES)
  readonly state!: (typeof STATES)[number];

  @TextField({ description: 'the state in the reader’s language, and what to do' })
  readonly text!: string;

  @TextField({ nullable: true, description: 'where the channel delivers to; null until it was told' })
  readonly url!: string | null;

  @TextField({ nullable: true, description: 'why the channel refuses, in its words' })
  readonly reason!: string | null;

  @TimeField({ nullable: true, description: 'when the state began, on the account’s clock' })
  readonly since!: Date | null;

  @TimeField({ nullable: true, description: 'when a delivery came last that the channel had signed; null: none yet' })
  readonly delivered_at!: Date | null;

  @WholeField({ description: 'deliveries that it had not signed: somebody else’s, or the site has another secret' })
  readonly forged!: number;

  @TimeField({ nullable: true })
  readonly forged_at!: Date | null;
}

interface StoredHook {
  readonly state: 'wanted' | 'kept' | 'paused' | 'refused';
  readonly url: string | null;
  readonly reason: string | null;
  readonly since: Date;
  readonly delivered_at: Date | null;
  readonly forged: string;
  readonly forged_at: Date | null;
}

@ApiTags('accounts')
@Controller('api/accounts')
export class AccountHooksController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /** Whether the channel tells of changes by itself, or sweeps alone notice them. */
  @Requires('read')
  @ApiOkResponse({ type: AccountHooksDto })
  @Get(':account/hooks')
  async hooks(@Param('account') name: string, @Headers('accept-language') accepted?: string): Promise<AccountHooksDto> {
    const account = await this.accounts.find(name);
    const { rows } = await this.parts.pool.query<StoredHook>('SELECT state, url, reason, since, delivered_at, forged, forged_at FROM channel_hook WHERE account_id = $1', [
      account.id,
    ]);
    const [stored] = rows;
    const able = this.parts.channels.get(account.channel).hints !== undefined;
    const state = !able ? 'unsupported' : (stored?.state ?? (this.parts.config.hooks.publicUrl === undefined ? 'no-address' : 'wanted'));
    const text = PROBLEM_SPEAKERS[languageOf(accepted)](`hooks.${state}`) ?? state;
    const { url = null, reason = null, since = null, delivered_at = null, forged = 0, forged_at = null } = stored ?? {};
    return { state, text, url, reason, since, delivered_at, forged: Number(forged), forged_at };
  }
}
