import { type Account, FollowedClock, parseClock } from '#listings';
import { createHttpClient, errorText, type HttpClient, type Logger } from '#platform';

const FRESH_MS = 2_000;

interface Followed {
  readonly clock: FollowedClock;
  readAt: number;
}

/** The present time of each account: the wall's for a real one, the sandbox's for one that follows it. */
export class AccountTimes {
  readonly #followed = new Map<string, Followed>();
  readonly #clients = new Map<string, HttpClient>();

  constructor(private readonly logger: Logger) {}

  /** Now, ms, on the account's clock. A sandbox that does not answer is taken to run on as last seen. */
  async now(account: Pick<Account, 'clockUrl'>): Promise<number> {
    const url = account.clockUrl;
    if (url === null) return Date.now();
    const known = this.#followed.get(url);
    if (known !== undefined && Date.now() - known.readAt < FRESH_MS) return known.clock.now();
    const reading = await this.read(url);
    if (reading === undefined) return known?.clock.now() ?? Date.now();
    if (known === undefined) this.#followed.set(url, { clock: new FollowedClock(reading), readAt: Date.now() });
    else {
      known.clock.follow(reading);
      known.readAt = Date.now();
    }
    return reading.now;
  }

  private async read(url: string): Promise<{ now: number; scale: number } | undefined> {
    try {
      const answer = await this.client(new URL(url).host).request({ method: 'GET', url, timeoutMs: 1_000 });
      return answer.status === 200 ? parseClock(answer.body) : undefined;
    } catch (error) {
      this.logger.debug({ reason: errorText(error) }, 'the clock of a sandbox account did not answer');
      return undefined;
    }
  }

  private client(host: string): HttpClient {
    let client = this.#clients.get(host);
    if (client === undefined) {
      client = createHttpClient({ allowPrivate: [host], timeoutMs: 1_000, maxBytes: 10_000 });
      this.#clients.set(host, client);
    }
    return client;
  }
}
