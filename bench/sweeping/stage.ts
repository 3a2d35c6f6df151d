import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { FACETS } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { createPool, loadSecretKey, Vault } from '#platform';
import { inTransaction } from '#reconcile';
import { storeAccount } from '../../apps/hub/accounts/add-account.js';
import { Child } from '../measure/child.js';
import { type OwnDatabase, openOwnDatabase } from '../measure/own-database.js';
import type { Tell } from '../measure/rounds.js';
import { PageServer } from '../pages/page-server.js';
import type { SweeperOrder } from './sweeper.process.js';

/** Hex of the key that seals the accounts of a stage. */
const SECRET = randomBytes(32).toString('hex');

export interface SeededAccount {
  readonly id: string;
  readonly cards: number;
  readonly pages: PageServer;
}

/** A database of its own with accounts whose cards are all in sync, each with a page server behind it. */
export class Stage {
  private readonly accounts = new Map<number, SeededAccount>();
  readonly secretKey = SECRET;

  private constructor(
    readonly database: OwnDatabase,
    private readonly tell: Tell,
  ) {}

  static async open(tell: Tell): Promise<Stage> {
    tell('starting a database');
    return new Stage(await openOwnDatabase(), tell);
  }

  /** The account with this many cards; made and read once through when it is asked for first. */
  async account(cards: number): Promise<SeededAccount> {
    const known = this.accounts.get(cards);
    if (known) return known;
    this.tell(`serialising the pages of ${cards} cards`);
    const pages = await PageServer.start(cards);
    try {
      const made = { id: await this.addAccount(pages), cards, pages };
      this.tell(`putting ${cards} cards in sync`);
      await this.withSweeper(made, (sweeper) => sweeper.ask('seed', cards));
      this.accounts.set(cards, made);
      return made;
    } catch (error) {
      await pages.stop();
      throw error;
    }
  }

  /** Runs `work` with a fresh sweeping process for the account. */
  async withSweeper<T>(account: SeededAccount, work: (sweeper: Child) => Promise<T>): Promise<T> {
    const sweeper = Child.start(new URL('./sweeper.process.js', import.meta.url), ['--expose-gc']);
    try {
      const order: SweeperOrder = { databaseUrl: this.database.url, accountId: account.id, pageUrl: account.pages.url };
      await sweeper.ask('open', order);
      return await work(sweeper);
    } finally {
      await sweeper.stop();
    }
  }

  /** Removes every other account, so that a hub has this one alone to look after. */
  async keepOnly(account: SeededAccount, pool: Pool): Promise<void> {
    for (const other of [...this.accounts.values()].filter((one) => one !== account)) {
      this.accounts.delete(other.cards);
      await pool.query('DELETE FROM channel_account WHERE id = $1', [other.id]);
      await other.pages.stop();
    }
  }

  async close(): Promise<void> {
    for (const { pages } of this.accounts.values()) await pages.stop();
    await this.database.stop();
  }

  private async addAccount(pages: PageServer): Promise<string> {
    const vault = new Vault(loadSecretKey({ dataDir: this.database.folder, secrets: { key: SECRET } }));
    const pool = createPool(this.database.url, { max: 1, applicationName: 'etalon-bench' });
    try {
      return await inTransaction(pool, (client) =>
        storeAccount(client, vault, {
          module: ozon,
          title: `${pages.cards} cards`,
          credentials: { clientId: '1', apiKey: 'bench', baseUrl: pages.url },
          clockUrl: `${pages.url}/clock`,
          modes: Object.fromEntries(FACETS.map((facet) => [facet, 'observe' as const])),
        }),
      );
    } finally {
      await pool.end();
    }
  }
}
