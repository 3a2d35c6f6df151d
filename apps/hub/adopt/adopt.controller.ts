import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { JobStore } from '#catalog';
import type { Account } from '#listings';
import { decideProposal, duplicateCards, everythingRead, firstReport, orphanPage, proposalPage, setMatchByBarcode } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { listOf, pageOf } from '../http/answer-fields.js';
import { readCursor, readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import { faulty, Problem } from '../http/problem.js';
import { jobView } from '../jobs/job-view.js';
import { JobDto } from '../jobs/jobs.dto.js';
import { PagingDto } from '../http/paging.dto.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { ADOPT, type AdoptRequest } from './adopt-kind.js';
import { AdoptCardsDto, DuplicatesDto, FirstReportDto, MatchDecisionDto, MatchingRuleDto, MatchingRuleSetDto, OrphanDto, ProposalDto, ProposalQueryDto } from './adopt.dto.js';

/** Proposals stand by score and id. @throws Problem */
function placeOf(cursor: string | undefined): { after?: { score: number; id: string } } {
  const [score, id] = readCursor(cursor, 2) ?? [];
  if (score === undefined || id === undefined) return {};
  if (!/^\d{1,3}$/.test(score) || !/^\d{1,18}$/.test(id)) throw faulty({ field: 'cursor', value: cursor?.slice(0, 100), code: 'cursor' });
  return { after: { score: Number(score), id } };
}

/** An account that had cards before it was connected: what they are, whose they are, what differs. */
@ApiTags('adopt')
@Controller('api/accounts/:account')
export class AdoptController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /** What connecting this account has shown. Nothing is written to the channel for it. */
  @Requires('read')
  @ApiOkResponse({ type: FirstReportDto })
  @Get('first-report')
  async report(@Param('account') name: string): Promise<object> {
    const { id, title, channel, modes } = await this.accounts.find(name);
    const [report, duplicates] = await Promise.all([firstReport(this.parts.pool, id), duplicateCards(this.parts.pool, id)]);
    const observes = this.parts.channels.get(channel).descriptor.facets.every((facet) => (modes[facet] ?? 'observe') === 'observe');
    return { account: id, title, observes, ...report, duplicates: duplicates.length };
  }

  /** Live cards that no product of the catalog has. */
  @Requires('read')
  @ApiOkResponse({ type: pageOf(OrphanDto) })
  @Get('orphans')
  async orphans(@Param('account') name: string, @Query() query: PagingDto): Promise<object> {
    const { id } = await this.accounts.find(name);
    const { items, more } = await orphanPage(this.parts.pool, id, readIdCursor(query.cursor), query.limit);
    const last = items.at(-1);
    return { items, next_cursor: more && last !== undefined ? writeCursor([last.listing_id]) : null };
  }

  /** Cards of this account that seem to sell the same: one barcode, one title with one picture, or one product. */
  @Requires('read')
  @ApiOkResponse({ type: listOf(DuplicatesDto) })
  @Get('duplicates')
  async duplicates(@Param('account') name: string): Promise<object> {
    return { items: await duplicateCards(this.parts.pool, (await this.accounts.find(name)).id) };
  }

  /** Which product a live card may belong to, the surest first. */
  @Requires('read')
  @ApiOkResponse({ type: pageOf(ProposalDto) })
  @Get('proposals')
  async proposals(@Param('account') name: string, @Query() query: ProposalQueryDto): Promise<object> {
    const { id } = await this.accounts.find(name);
    const place = placeOf(query.cursor);
    const { items, more } = await proposalPage(this.parts.pool, { accountId: id, state: query.state, listingId: query.listing, ...place }, query.limit);
    const last = items.at(-1);
    return { items, next_cursor: more && last !== undefined ? writeCursor([String(last.score), last.id]) : null };
  }

  /** Says whether the card is the product's. A match can be taken back. */
  @Requires('steer')
  @ApiNoContentResponse()
  @Post('proposals/:id/decision')
  @HttpCode(204)
  async decide(@Param('account') name: string, @Param('id', IdPipe) id: string, @Body() { decision }: MatchDecisionDto, @Caller() caller: Principal): Promise<void> {
    const account = await this.accounts.find(name);
    await decideProposal({ pool: this.parts.pool, account, module: this.parts.channels.get(account.channel) }, id, decision, {
      author: caller.author,
      now: await this.accounts.nowOf(account),
    });
    await this.lookAgain(account);
  }

  /** Makes products of live cards: a job writes them down as a file and hands it to an import, whose id is the job's result. Nothing is written to the channel. */
  @Requires('catalog:write')
  @ApiAcceptedResponse({ type: JobDto })
  @Post('adopt')
  @HttpCode(202)
  async adopt(@Param('account') name: string, @Body() { keys, dry_run }: AdoptCardsDto, @Caller() caller: Principal): Promise<JobDto> {
    const account = await this.accounts.find(name);
    const { adoption, descriptor } = this.parts.channels.get(account.channel);
    if (adoption === undefined) throw new Problem(409, 'wrong-state', 'No catalog can be made of the cards of this channel', { reason: 'no-adoption' });
    if (!(await everythingRead(this.parts.pool, account.id, descriptor.lanes)))
      throw new Problem(409, 'wrong-state', 'The cards of this account are still being read', { reason: 'still-reading' });
    const request: AdoptRequest = { accountId: account.id, name: `${account.channel}-${account.id}-cards`, ...(keys && { keys }), ...(dry_run === true && { dryRun: true }) };
    const jobs = new JobStore(this.parts.pool);
    const job = await jobs.get(await jobs.enqueue(ADOPT, caller.author, request));
    if (job === undefined) throw new Error('A job that was just queued is gone.');
    return jobView(job);
  }

  @Requires('steer')
  @ApiOkResponse({ type: MatchingRuleSetDto })
  @Put('matching')
  async rule(@Param('account') name: string, @Body() body: MatchingRuleDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    await setMatchByBarcode(this.parts.pool, account.id, body.by_barcode, { author: caller.author, now: await this.accounts.nowOf(account) });
    await this.lookAgain(account);
    return { account: account.id, by_barcode: body.by_barcode };
  }

  /** A joined card is planned and read anew; the next tick does it when the queue does not take it. */
  private async lookAgain({ id }: Account): Promise<void> {
    const { queues } = this.parts;
    await queues.nudge('lanes', 'plan', { accountId: id, lane: 'plan' }, `${id}:plan`);
    await queues.nudge('lanes', 'repair', { accountId: id, lane: 'repair' }, `${id}:repair`);
    await queues.nudge('lanes', 'sweep', { accountId: id, lane: 'sweep', force: true }, `${id}:sweep:now`);
  }
}
