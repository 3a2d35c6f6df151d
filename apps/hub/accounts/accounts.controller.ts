import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Facet, FACETS } from '#channels/contract';
import type { Account, PolicyMode } from '#listings';
import { appendEvidence, inTransaction, pauseAccount, releaseBrake, resumeAccount, retryFailing, setPolicy, setQuietHours } from '#reconcile';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { faulty } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { AccountDirectory } from './account-directory.js';
import { AddAccountDto, CredentialsDto, FacetParamDto, PauseDto, PolicyDto, QuietHoursDto } from './accounts.dto.js';
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
  @Get('accounts')
  async list(): Promise<object> {
    return { items: await Promise.all((await this.accounts.all()).map((account) => this.shown(account))) };
  }

  @Requires('read')
  @Get('accounts/:account')
  async one(@Param('account') name: string): Promise<object> {
    return this.shown(await this.accounts.find(name));
  }

  /** Connects an account. It observes only, until its policy is changed. */
  @Requires('admin')
  @Post('accounts')
  async add(@Body() body: AddAccountDto, @Caller() caller: Principal): Promise<object> {
    const module = this.parts.channels.all().find((known) => known.descriptor.id === body.channel);
    if (module === undefined) {
      const known = this.parts.channels.all().map(({ descriptor }) => descriptor.id);
      throw faulty({ field: 'channel', value: body.channel, code: 'unknown-channel', params: { known: known.join(', ') } });
    }
    const credentials = checkedCredentials(module, body.credentials);
    assertPublicAddresses(credentials);
    const title = body.title ?? module.descriptor.title.ru;
    const id = await inTransaction(this.parts.pool, async (client) => {
      const added = await storeAccount(client, this.parts.vault, { module, title, credentials });
      await appendEvidence(client, added, [
        { kind: 'account.changed', at: Date.now(), body: { what: 'added', from: null, to: { channel: body.channel, title }, author: caller.author } },
      ]);
      return added;
    });
    return this.shown(await this.accounts.get(id));
  }

  /** New keys for an account: after they expired, or after a restore without the hub's own key. */
  @Requires('admin')
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
  @Post('accounts/:account/pause')
  @HttpCode(200)
  async pause(@Param('account') name: string, @Body() body: PauseDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    await pauseAccount(this.parts.pool, account.id, body.reason, body.until === undefined ? null : new Date(body.until), await this.by(account, caller));
    return this.shown(await this.accounts.get(account.id));
  }

  @Requires('steer')
  @Post('accounts/:account/resume')
  @HttpCode(200)
  async resume(@Param('account') name: string, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    await resumeAccount(this.parts.pool, account.id, await this.by(account, caller));
    return this.shown(await this.accounts.get(account.id));
  }

  /** Lets a mass drift be repaired after somebody has looked at it. */
  @Requires('steer')
  @Post('accounts/:account/release-brake')
  @HttpCode(200)
  async release(@Param('account') name: string, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    return { facets: await releaseBrake(this.parts.pool, account.id, await this.by(account, caller)) };
  }

  @Requires('steer')
  @Post('accounts/:account/retry-failing')
  @HttpCode(200)
  async retry(@Param('account') name: string, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(name);
    return { facets: await retryFailing(this.parts.pool, { accountId: account.id }, await this.by(account, caller)) };
  }

  /** Asks for a look at the account now. */
  @Requires('steer')
  @Post('accounts/:account/sweep')
  @HttpCode(202)
  async sweep(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { nudged: await this.nudge(account, []) };
  }

  /** Asks for planning, sending and looking at the account now. */
  @Requires('steer')
  @Post('accounts/:account/sync')
  @HttpCode(202)
  async sync(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { nudged: await this.nudge(account, ['plan', 'repair', 'pictures']) };
  }

  @Requires('read')
  @Get('accounts/:account/policy')
  async policy(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { account: account.id, modes: this.modesOf(account) };
  }

  @Requires('steer')
  @Put('accounts/:account/policy/:facet')
  async setPolicy(@Param() where: FacetParamDto, @Body() body: PolicyDto, @Caller() caller: Principal): Promise<object> {
    const account = await this.accounts.find(where.account);
    const facets = this.facetsOf(account);
    const chosen = where.facet === 'all' ? facets : facets.filter((facet) => facet === where.facet);
    if (chosen.length === 0) throw faulty({ field: 'facet', value: where.facet, code: 'unknown-facet', params: { known: facets.join(', ') } });
    const modes: Partial<Record<Facet, PolicyMode>> = Object.fromEntries(chosen.map((facet) => [facet, body.mode]));
    const released = await setPolicy(this.parts.pool, account.id, modes, await this.by(account, caller));
    return { account: account.id, modes: this.modesOf(await this.accounts.get(account.id)), released };
  }

  @Requires('steer')
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
