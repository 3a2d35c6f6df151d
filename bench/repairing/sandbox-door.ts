export interface Injected {
  readonly id: number;
  readonly offer_id: string;
  readonly kind: string;
  readonly at: string;
  readonly restored: boolean;
  readonly restored_at: string | null;
  readonly own_delay_seconds: number;
}

export interface LedgerEntry {
  readonly key: 'A' | 'B' | 'gremlin';
  readonly method: string;
}

export interface CabinetLimits {
  readonly rps: number;
  readonly per_minute: number;
}

/** The marketplace's control surface, as far as a repair cycle needs it. */
export class SandboxDoor {
  constructor(private readonly url: string) {}

  async pace(scale: number): Promise<void> {
    await this.call('POST', '/clock', { scale });
  }

  async jump(seconds: number): Promise<void> {
    await this.call('POST', '/clock', { jump_seconds: seconds });
  }

  async scramble(seed: number, cards: number): Promise<readonly Injected[]> {
    return (await this.call<{ injected: Injected[] }>('POST', '/gremlins', { seed, cards })).injected;
  }

  async injected(): Promise<readonly Injected[]> {
    return (await this.call<{ injected: Injected[] }>('GET', '/injected')).injected;
  }

  async limits(): Promise<CabinetLimits> {
    return (await this.call<{ cabinet: CabinetLimits }>('GET', '/health')).cabinet;
  }

  async ledgerEnd(): Promise<number> {
    return (await this.call<{ last_seq: number }>('GET', '/ledger?limit=1')).last_seq;
  }

  /** Writes that were applied after `after`, at most 10,000. */
  async ledger(after: number): Promise<readonly LedgerEntry[]> {
    return (await this.call<{ entries: LedgerEntry[] }>('GET', `/ledger?after=${after}&limit=10000`)).entries;
  }

  private async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/_control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  }
}
