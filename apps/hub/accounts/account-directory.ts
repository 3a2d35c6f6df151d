import { Inject, Injectable } from '@nestjs/common';
import type { StatusSubject } from '#reconcile';
import { type Account, listAccounts, loadAccount } from '#listings';
import { faulty, notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';

/** Accounts with their channel and their present time. */
@Injectable()
export class AccountDirectory {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  all(): Promise<Account[]> {
    return listAccounts(this.parts.pool);
  }

  /** @throws Problem 404 */
  async get(id: string): Promise<Account> {
    const account = await loadAccount(this.parts.pool, id);
    if (account === undefined) throw notFound('The account', 'account', id);
    return account;
  }

  /** By id, by title, or by channel while there is one account of it: an order must not go to another shop than was meant. @throws Problem 404, 422 */
  async find(name: string): Promise<Account> {
    const accounts = await this.all();
    for (const by of ['id', 'title', 'channel'] as const) {
      const [found, ...others] = accounts.filter((account) => account[by] === name);
      if (found === undefined) continue;
      if (others.length === 0) return found;
      const known = [found, ...others].map(({ id, title, legalEntity }) => `${id} (${[title, ...(legalEntity === null ? [] : [legalEntity])].join(', ')})`);
      throw faulty({ field: 'account', value: name, code: 'ambiguous-account', params: { known: known.join('; ') } });
    }
    throw notFound('The account', 'account', name);
  }

  nowOf(account: Account): Promise<number> {
    return this.parts.times.now(account);
  }

  async nowOfId(accountId: string): Promise<number> {
    return this.nowOf(await this.get(accountId));
  }

  /** The present time of any account, for acts that learn only in their transaction whose they are. */
  async nowOfAny(): Promise<(accountId: string) => number> {
    const times = new Map(await Promise.all((await this.all()).map(async (account) => [account.id, await this.nowOf(account)] as const)));
    return (accountId) => times.get(accountId) ?? Date.now();
  }

  async subjects(): Promise<StatusSubject[]> {
    const accounts = await this.all();
    return Promise.all(accounts.map(async (account) => ({ account, lanes: this.parts.channels.get(account.channel).descriptor.lanes, now: await this.nowOf(account) })));
  }
}
