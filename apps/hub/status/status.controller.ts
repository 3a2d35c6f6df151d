import { Controller, Get, Headers } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Requires } from '../auth/policy.js';
import { spokenFindings } from '../texts/findings.js';
import { languageOf } from '../texts/language.js';
import { HubStatusDto } from './status.dto.js';
import { type StatusAnswer, StatusService } from './status.service.js';

@ApiTags('status')
@Controller('api/status')
export class StatusController {
  constructor(private readonly status: StatusService) {}

  /** Listings by state for each account and in total, and the age of the last sweep of each facet in seconds of the account's clock. */
  @Requires('read')
  @ApiOkResponse({ type: HubStatusDto })
  @Get()
  async get(@Headers('accept-language') accepted?: string): Promise<StatusAnswer> {
    const status = await this.status.status();
    const language = languageOf(accepted);
    return { ...status, accounts: status.accounts.map((account) => ({ ...account, alarms: spokenFindings(account.alarms, language) })) };
  }
}
