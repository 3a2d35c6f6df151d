import { wallClock } from '#kernel';
import { ozon } from '#channels/ozon';
import { loadAccount, ReferenceCache } from '#listings';
import { createHttpClient, createPool } from '#platform';
import { AccountBudget, type AccountContext, passOn } from '#reconcile';

const POOL_MAX = 6;

export interface BenchAccount {
  readonly context: AccountContext;
  close(): Promise<void>;
}

/** The loops' view of an account, as the hub's own thread makes it, but with no budget to wait for and the wall's clock. */
export async function openBenchAccount(databaseUrl: string, accountId: string, pageUrl: string): Promise<BenchAccount> {
  const pool = createPool(databaseUrl, { max: POOL_MAX, applicationName: 'etalon-bench' });
  const account = await loadAccount(pool, accountId);
  if (!account) throw new Error('The account of the bench is not there.');
  const end = new AbortController();
  const http = createHttpClient({ allowPrivate: [new URL(pageUrl).host], maxBytes: 64 * 1024 * 1024 });
  const budget = new AccountBudget([], wallClock);
  const fail = (fields: object, message: string): void => {
    throw new Error(`${message}: ${JSON.stringify(fields)}`);
  };
  const context: AccountContext = {
    pool,
    account,
    epoch: account.epoch,
    module: ozon,
    channel: ozon.connect(
      { clientId: '1', apiKey: 'bench', baseUrl: pageUrl },
      { http, budget, clock: wallClock, onBrokenContract: (error) => fail({ error: error.message }, 'broken contract') },
    ),
    clock: wallClock,
    budget,
    references: new ReferenceCache(pool, 'ozon:bench'),
    log: { info: () => undefined, warn: fail, error: fail },
    signal: end.signal,
    pass: passOn,
    sabotage: new Set(),
    fetchPicture: () => Promise.reject(new Error('A sweep fetches no pictures.')),
    freshPictureUrl: () => undefined,
  };
  return {
    context,
    close: async () => {
      end.abort(new Error('the bench ends'));
      http.close();
      await pool.end();
    },
  };
}
