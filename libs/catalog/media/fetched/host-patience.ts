const SILENT_IN_A_ROW = 6;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 30 * 60_000;

interface Silence {
  readonly times: number;
  readonly rests: number;
  readonly until: number;
}

/**
 * How long hosts that do not answer are left alone: after some addresses in a row without an answer a minute, then twice as long each time the next
 * try fails too. Thousands of addresses of a host that is gone must not hold up the pictures of all others.
 */
export class HostPatience {
  private readonly silent = new Map<string, Silence>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Whole minutes until the host is asked again; 0: now. */
  minutesLeft(host: string): number {
    return Math.max(0, Math.ceil(((this.silent.get(host)?.until ?? 0) - this.now()) / 60_000));
  }

  answered(host: string): void {
    this.silent.delete(host);
  }

  /** Addresses asked side by side fall silent together: they prolong no rest that has begun meanwhile. */
  didNotAnswer(host: string): void {
    const { times, rests, until } = this.silent.get(host) ?? { times: 0, rests: 0, until: 0 };
    if (until > this.now()) return;
    const begins = rests > 0 || times + 1 >= SILENT_IN_A_ROW;
    if (!begins) this.silent.set(host, { times: times + 1, rests, until });
    else this.silent.set(host, { times: 0, rests: rests + 1, until: this.now() + Math.min(FIRST_REST_MS * 2 ** rests, LONGEST_REST_MS) });
  }
}
