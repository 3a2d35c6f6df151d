import pg from 'pg';
import { errorText, type Logger } from '#platform';

/** First half of the advisory lock that says which process runs an account's loops. */
const OWNER_LOCK = 0x45_74_6c;

/**
 * Which accounts this process owns: one session holds an advisory lock an account, so a process that dies gives them up by dying.
 * When the session breaks, everything is lost at once and has to be won again.
 */
export class OwnedAccounts {
  private client: pg.Client | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Logger,
    private readonly onLost: () => void,
  ) {}

  /** Tries to become the owner; false when another process is. */
  async acquire(accountId: string): Promise<boolean> {
    const client = await this.session();
    const { rows } = await client.query<{ owned: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS owned', [OWNER_LOCK, Number(accountId) % 0x7fffffff]);
    return rows[0]?.owned === true;
  }

  async release(accountId: string): Promise<void> {
    await this.client?.query('SELECT pg_advisory_unlock($1, $2)', [OWNER_LOCK, Number(accountId) % 0x7fffffff]);
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }

  private async session(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'etalon-owner', keepAlive: true });
    const lost = (error?: Error) => {
      if (this.client !== client) return;
      this.client = undefined;
      this.log.warn({ reason: errorText(error) }, 'the ownership session broke; accounts are taken again');
      this.onLost();
    };
    client.on('error', lost);
    client.on('end', () => lost());
    await client.connect();
    this.client = client;
    return client;
  }
}
