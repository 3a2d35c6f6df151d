import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Facet, FACETS } from '#channels/contract';
import type { Account, PolicyMode } from '#listings';
import { appendEvidence, inTransaction, pauseAccount, releaseBrake, resumeAccount, retryFailing, setPolicy, setQuietHours } from '#reconcile';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { listOf } from '../http/answer-fields.js';
import { knownChannel } from '../http/known-channel.js';
import { faulty } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { AccountDirectory } from './account-directory.js';
import { AccountDto, ChangedFacetsDto, ChannelDto, NudgedDto, PolicyModesDto, PolicyPreviewDto, PolicySetDto } from './account-answers.dto.js';
import { AddAccountDto, CredentialsDto, FacetParamDto, PauseDto, PolicyDto, PolicyQueryDto, QuietHoursDto } from './accounts.dto.js';
import { previewPolicy } from './policy-preview.js';
import { assertPublicAddresses, checkedCredentials, replaceCredentials, storeAccount } from './add-account.js';

@ApiTags('accounts')
@Controller('api')
export class AccountsController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /** The channels this hub knows, with the form that connects an account. */
  @Requires('read')
  @ApiOkResponse({ type: listOf(ChannelDto) })
  @Get('channels')
  channels(): object {
    return {
      items: this.parts.channels.all().map(({ descriptor }) => ({
        id: descriptor.id,
        title: descriptor.title,
        credentials: descriptor.credentials,
        facets: descriptor.facets,
        lanes: descriptor.lanes.map((lane) => ({ id: lane.id, facets: lane.facets, every_seconds: lane.everyMs / 1000 })),
      })),
    };
  }

  @Requires('read')
  @ApiOkResponse({ type: listOf(AccountDto) })
  @Get('accounts')
  async list(): Promise<object> {
    return { items: await Promise.all((await this.accounts.all()).map((account) => this.shown(account))) };
  }

  @Requires('read')
  @ApiOkResponse({ type: AccountDto })
  @Get('accounts/:account')
  async one(@Param('account') name: string): Promise<object> {
    return this.shown(await this.accounts.find(name));
  }

  /** Connects an account. It observes only, until its policy is changed. */
  @Requires('admin')
  @ApiCreatedResponse({ type: AccountDto })
  @Post('accounts')
  async add(@Body() body: AddAccountDto, @Caller() caller: Principal): Promise<object> {
    const module = knownChannel(this.parts.channels, body.channel);
    const credentials = checkedCredentials(module, body.credentials);
    assertPublicAddresses(credentials);
    const title = body.title ?? module.descriptor.title.ru;
    const id = await inTransaction(this.parts.pool, async (client) => {
      const added = await storeAccount(client, this.parts.vault, { module, title, credentials, ...(body.legal_entity === undefined ? {} : { legalEntity: body.legal_entity }) });
      await appendEvidence(client, added, [
        { kind: 'account.changed', at: Date.now(), body: { what: 'added', from: null, to: { channel: body.channel, title }, author: caller.author } },
      ]);
      return added;
    });
    return this.shown(await this.accounts.get(id));
  }

  /** New keys for an account: after they expired, or after a restore without the hub's own key. */
  @Requires('admin')
  @ApiOkResponse({ type: AccountDto })
  @Put('accounts/:account/credentials')
  async credentials(@Param('account') name: string, @Body() body: CredentialsDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    const credentials = checkedCredentials(this.parts.channels.get(account.channel), body.credentials);
    if (account.clockUrl === null) assertPublicAddresses(credentials);
    const now = await this.accounts.nowOf(account);
    await inTransaction(this.parts.pool, async (client) => {
      await replaceCredentials(client, this.parts.vault, account.id, credentials);
      await appendEvidence(client, account.id, [{ kind: 'account.changed', at: now, body: { what: 'credentials', from: null, to: 'replaced', author: caller.author } }]);
    });
    return this.shown(await this.accounts.get(account.id));
  }

  @Requires('steer')
  @ApiOkResponse({ type: AccountDto })
  @Post('accounts/:account/pause')
  @HttpCode(200)
  async pause(@Param('account') name: string, @Body() body: PauseDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    await pauseAccount(this.parts.pool, account.id, body.reason, body.until === undefined ? null : new Date(body.until), await this.by(account, caller));
    return this.shown(await this.accounts.get(account.id));
  }

  @Requires('steer')
  @ApiOkResponse({ type: AccountDto })
  @Post('accounts/:account/resume')
  @HttpCode(200)
  async resume(@Param('account') name: string, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    await resumeAccount(this.parts.pool, account.id, await this.by(account, caller));
    return this.shown(await this.accounts.get(account.id));
  }

  /** Lets a mass drift be repaired after somebody has looked at it. */
  @Requires('steer')
  @ApiOkResponse({ type: ChangedFacetsDto })
  @Post('accounts/:account/release-brake')
  @HttpCode(200)
  async release(@Param('account') name: string, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    return { facets: await releaseBrake(this.parts.pool, account.id, await this.by(account, caller)) };
  }

  @Requires('steer')
  @ApiOkResponse({ type: ChangedFacetsDto })
  @Post('accounts/:account/retry-failing')
  @HttpCode(200)
  async retry(@Param('account') name: string, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    return { facets: await retryFailing(this.parts.pool, { accountId: account.id }, await this.by(account, caller)) };
  }

  /** Asks for a look at the account now. */
  @Requires('steer')
  @ApiAcceptedResponse({ type: NudgedDto })
  @Post('accounts/:account/sweep')
  @HttpCode(202)
  async sweep(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { nudged: await this.nudge(account, []) };
  }

  /** Asks for planning, sending and looking at the account now. */
  @Requires('steer')
  @ApiAcceptedResponse({ type: NudgedDto })
  @Post('accounts/:account/sync')
  @HttpCode(202)
  async sync(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { nudged: await this.nudge(account, ['plan', 'repair', 'pictures']) };
  }

  @Requires('read')
  @ApiOkResponse({ type: PolicyModesDto })
  @Get('accounts/:account/policy')
  async policy(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { account: account.id, modes: this.modesOf(account) };
  }

  /** What another mode would do at once: cards that would be written to, work that would stop. Nothing is changed. */
  @Requires('read')
  @ApiOkResponse({ type: PolicyPreviewDto })
  @Get('accounts/:account/policy/:facet/preview')
  async previewPolicy(@Param() where: FacetParamDto, @Query() { mode }: PolicyQueryDto): Promise<object> {
    const account = await this.accounts.find(where.account);
    return { account: account.id, ...(await previewPolicy(this.parts.pool, account.id, this.chosenFacets(account, where.facet), account.modes, mode)) };
  }

  @Requires('steer')
  @ApiOkResponse({ type: PolicySetDto })
  @Put('accounts/:account/policy/:facet')
  async setPolicy(@Param() where: FacetParamDto, @Body() body: PolicyDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(where.account);
    const chosen = this.chosenFacets(account, where.facet);
    const modes: Partial<Record<Facet, PolicyMode>> = Object.fromEntries(chosen.map((facet) => [facet, body.mode]));
    const released = await setPolicy(this.parts.pool, account.id, modes, await this.by(account, caller));
    return { account: account.id, modes: this.modesOf(await this.accounts.get(account.id)), released };
  }

  @Requires('steer')
  @ApiOkResponse({ type: AccountDto })
  @Put('accounts/:account/quiet-hours')
  async quiet(@Param('account') name: string, @Body() body: QuietHoursDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    const hours = body.from === null || body.to === null ? null : { from: body.from, to: body.to };
    await setQuietHours(this.parts.pool, account.id, hours, await this.by(account, caller));
    return this.shown(await this.accounts.get(account.id));
  }

  /** A sweep now, due or not, and these lanes. */
  private async nudge(account: Account, lanes: readonly string[]): Promise<boolean> {
    const { queues } = this.parts;
    const answers = await Promise.all([
      queues.nudge('lanes', 'sweep', { accountId: account.id, lane: 'sweep', force: true }, `${account.id}:sweep:now`),
      ...lanes.map((lane) => queues.nudge('lanes', lane, { accountId: account.id, lane }, `${account.id}:${lane}`)),
    ]);
    return answers.every(Boolean);
  }

  private facetsOf(account: Account): readonly Facet[] {
    return this.parts.channels.get(account.channel).descriptor.facets;
  }

  /** @throws Problem when the channel has no such facet */
  private chosenFacets(account: Account, name: Facet | 'all'): readonly Facet[] {
    const facets = this.facetsOf(account);
    const chosen = name === 'all' ? facets : facets.filter((facet) => facet === name);
    if (chosen.length === 0) throw faulty({ field: 'facet', value: name, code: 'unknown-facet', params: { known: facets.join(', ') } });
    return chosen;
  }

  private modesOf(account: Account): Record<string, PolicyMode> {
    return Object.fromEntries(FACETS.filter((facet) => this.facetsOf(account).includes(facet)).map((facet) => [facet, account.modes[facet] ?? 'observe']));
  }

  private async by(account: Account, caller: Principal): Promise<{ author: string; now: number }> {
    return { author: caller.author, now: await this.accounts.nowOf(account) };
  }

  /** An account as it may be shown: never its secrets, not even sealed. */
  private async shown(account: Account): Promise<object> {
    const { rows } = await this.parts.pool.query<{ health: unknown }>('SELECT health FROM channel_account WHERE id = $1', [account.id]);
    return {
      id: account.id,
      channel: account.channel,
      title: account.title,
      legal_entity: account.legalEntity,
      match_by_barcode: account.matchByBarcode,
      state: account.state,
      state_reason: account.stateReason,
      pause_until: account.pauseUntil,
      quiet_hours: account.quietHours,
      sandbox: account.clockUrl !== null,
      now: new Date(await this.accounts.nowOf(account)),
      health: rows[0]?.health ?? null,
      modes: this.modesOf(account),
    };
  }
}
