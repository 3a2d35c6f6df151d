import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Requires } from '../auth/policy.js';
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
  get(): Promise<StatusAnswer> {
    return this.status.status();
  }
}
