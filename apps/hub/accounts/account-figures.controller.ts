import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { quotaForecast } from '#reconcile';
import { Requires } from '../auth/policy.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { AccountFiguresDto } from './account-answers.dto.js';
import { AccountDirectory } from './account-directory.js';

interface RepairFigures {
  readonly noticed: number;
  readonly open: number;
  readonly healed: number;
  readonly stopped: number;
  readonly median_heal_seconds: number | null;
  readonly worst_heal_seconds: number | null;
  readonly oldest_open_seconds: number | null;
}

@ApiTags('accounts')
@Controller('api')
export class AccountFiguresController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /**
   * How repairing goes: counts of drifts, times to heal in seconds of the account's clock, the share of ended drifts that were healed
   * (`repair_success`, null before the first), what is left of each limit, and what waits for
   * tomorrow's quota until when.
   */
  @Requires('read')
  @ApiOkResponse({ type: AccountFiguresDto })
  @Get('accounts/:account/figures')
  async figures(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    const now = await this.accounts.nowOf(account);
    const [{ rows }, lanes] = await Promise.all([
      this.parts.pool.query<RepairFigures>(
        `SELECT count(*)::integer AS noticed,
           (count(*) FILTER (WHERE state IN ('open', 'repairing')))::integer AS open,
           (count(*) FILTER (WHERE state = 'healed'))::integer AS healed,
           (count(*) FILTER (WHERE state IN ('held', 'case')))::integer AS stopped,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM healed_at - noticed_at)) FILTER (WHERE state = 'healed') AS median_heal_seconds,
           (max(extract(epoch FROM healed_at - noticed_at)) FILTER (WHERE state = 'healed'))::float8 AS worst_heal_seconds,
           extract(epoch FROM $2::timestamptz - min(noticed_at) FILTER (WHERE state IN ('open', 'repairing', 'held', 'case')))::float8 AS oldest_open_seconds
         FROM drift WHERE account_id = $1`,
        [account.id, new Date(now)],
      ),
      this.parts.lanes()?.health(),
    ]);
    const repair = rows[0];
    const ended = (repair?.healed ?? 0) + (repair?.stopped ?? 0);
    const budget = lanes?.accounts?.find((loops) => loops.accountId === account.id)?.budget ?? [];
    return {
      account: account.id,
      now: new Date(now),
      ...repair,
      repair_success: ended === 0 ? null : (repair?.healed ?? 0) / ended,
      budget: budget.filter(({ left }) => Number.isFinite(left)),
      waiting: await quotaForecast(this.parts.pool, account.id),
    };
  }
}
