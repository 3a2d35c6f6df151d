import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Account, loadAccount, RULE_TABLES, rulesOf, type RuleTables, setRules } from '#listings';
import { appendEvidence, inTransaction } from '#reconcile';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { listOf } from '../http/answer-fields.js';
import { faulty } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { spokenFindings } from '../texts/findings.js';
import { languageOf } from '../texts/language.js';
import { AccountDirectory } from './account-directory.js';
import { AccountRulesDto, RulesPreviewDto, SetRulesDto, TableChoicesDto } from './account-rules.dto.js';
import { ruleChoices } from './rule-choices.js';
import { previewRules } from './rules-preview.js';

const MOST_ROWS = 5_000;
const LONGEST = 300;

/** What the catalog calls something, and what the channel calls it. */
@ApiTags('accounts')
@Controller('api/accounts/:account/rules')
export class AccountRulesController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  @Requires('read')
  @ApiOkResponse({ type: AccountRulesDto })
  @Get()
  async rules(@Param('account') name: string): Promise<object> {
    return shown(await this.accounts.find(name));
  }

  /** What rows of the rules may say: names of the catalog, and what the channel has of it as far as the hub has read it. */
  @Requires('read')
  @ApiOkResponse({ type: listOf(TableChoicesDto) })
  @Get('choices')
  async choices(@Param('account') name: string): Promise<object> {
    const account = await this.accounts.find(name);
    return { items: await ruleChoices(this.parts.pool, this.parts.channels.get(account.channel), account) };
  }

  /** What these tables would change, card by card counted; nothing is kept and nothing is asked of the channel. */
  @Requires('steer')
  @ApiOkResponse({ type: RulesPreviewDto })
  @Post('preview')
  @HttpCode(200)
  async preview(@Param('account') name: string, @Body() body: SetRulesDto, @Headers('accept-language') accepted?: string): Promise<object> {
    const tables = checkedTables(body);
    const account = await this.accounts.find(name);
    const preview = await previewRules(this.parts.pool, this.parts.channels.get(account.channel), account, tables);
    return { ...preview, faults: spokenFindings(preview.faults, languageOf(accepted)) };
  }

  /** Replaces the tables that are given. Everything is rendered anew by the new ones; what then differs goes the way of the account's policy. */
  @Requires('steer')
  @ApiOkResponse({ type: AccountRulesDto })
  @Put()
  async set(@Param('account') name: string, @Body() body: SetRulesDto, @Caller() caller: Principal): Promise<object> {
    const { id } = await this.accounts.find(name);
    const tables = checkedTables(body);
    const now = await this.accounts.nowOfId(id);
    const changed = await inTransaction(this.parts.pool, async (client) => {
      await client.query('SELECT 1 FROM channel_account WHERE id = $1 FOR UPDATE', [id]);
      const before = await loadAccount(client, id);
      if (before === undefined || !(await setRules(client, id, tables))) return false;
      const known = rulesOf(before.rules);
      const from = Object.fromEntries(RULE_TABLES.filter((table) => tables[table] !== undefined).map((table) => [table, known[table]]));
      await appendEvidence(client, id, [{ kind: 'account.changed', at: now, body: { what: 'rules', from, to: tables, author: caller.author } }]);
      return true;
    });
    if (changed) await this.parts.queues.nudge('lanes', 'plan', { accountId: id, lane: 'plan' }, `${id}:plan`);
    return shown(await this.accounts.get(id));
  }
}

function shown(account: Account): object {
  return { account: account.id, version: account.rulesVersion, ...rulesOf(account.rules) };
}

/** @throws Problem naming the row that is no pair of texts */
function checkedTables(body: SetRulesDto): RuleTables {
  return Object.fromEntries(
    RULE_TABLES.flatMap((table) => {
      const rows = body[table];
      if (rows === undefined) return [];
      const pairs = Object.entries(rows).map(([left, right]): [string, string] => {
        const isText = typeof right === 'string' && right.trim() !== '' && right.length <= LONGEST && left.trim() !== '' && left.length <= LONGEST;
        if (!isText) throw faulty({ field: `${table}.${left.slice(0, 100)}`, value: typeof right === 'string' ? right.slice(0, 100) : undefined, code: 'rule-row' });
        return [left.trim(), right.trim()];
      });
      if (pairs.length > MOST_ROWS) throw faulty({ field: table, value: pairs.length, code: 'rule-rows', params: { limit: MOST_ROWS } });
      return [[table, Object.fromEntries(pairs)]];
    }),
  );
}
