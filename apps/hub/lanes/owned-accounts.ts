import pg from 'pg';
import { fingerprintBits } from '#kernel';
import { errorText, type Logger } from '#platform';

/** First half of the advisory lock that says which process runs a seller's accounts. */
const OWNER_LOCK = 0x45_74_6c;

/** The second half. Two sellers that share a number are run by one process, which harms nobody. */
const lockOf = (seller: string): number => Number(BigInt.asUintN(31, fingerprintBits(seller)));

/**
 * Whose accounts this process runs: one session holds an advisory lock a seller, once for each of his accounts, so a process that dies gives them up by dying.
 * When the session breaks, everything is lost at once and has to be won again.
 */
export class OwnedAccounts {
  private client: pg.Client | undefined;
  /** A session does one thing at a time; whoever comes meanwhile waits here. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Logger,
    private readonly onLost: () => void,
  ) {}

  /** Tries to become the owner of one more account of the seller; false when another process has them. Each needs a `release`. */
  acquire(seller: string): Promise<boolean> {
    return this.inTurn(async () => {
      const client = await this.session();
      const { rows } = await client.query<{ owned: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS owned', [OWNER_LOCK, lockOf(seller)]);
      return rows[0]?.owned === true;
    });
  }

  release(seller: string): Promise<void> {
    return this.inTurn(async () => void (await this.client?.query('SELECT pg_advisory_unlock($1, $2)', [OWNER_LOCK, lockOf(seller)])));
  }

  close(): Promise<void> {
    return this.inTurn(async () => {
      const client = this.client;
      this.client = undefined;
      await client?.end();
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
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
