import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Requires } from '../auth/policy.js';
import { knownChannel } from '../http/known-channel.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { spokenFindings } from '../texts/findings.js';
import { languageOf } from '../texts/language.js';
import { AccountCheckDto } from './account-answers.dto.js';
import { CheckAccountDto } from './accounts.dto.js';
import { assertPublicAddresses, checkedCredentials } from './add-account.js';
import { checkAccount } from './check-account.js';

@ApiTags('accounts')
@Controller('api')
export class AccountCheckController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /** Tries a key before it is kept: what it may do, and until when. */
  @Requires('admin')
  @ApiOkResponse({ type: AccountCheckDto })
  @Post('accounts/check')
  @HttpCode(200)
  async check(@Body() body: CheckAccountDto, @Headers('accept-language') accepted?: string): Promise<object> {
    const module = knownChannel(this.parts.channels, body.channel);
    const credentials = checkedCredentials(module, body.credentials);
    assertPublicAddresses(credentials);
    const { findings, ...check } = await checkAccount(module, credentials);
    return { ...check, findings: spokenFindings(findings, languageOf(accepted)) };
  }
}
