export interface Injected {
  readonly id: number;
  readonly offer_id: string;
  readonly kind: string;
  readonly facet: string;
  readonly partner_offer_id?: string;
  readonly at: string;
  readonly restored: boolean;
  readonly restored_at: string | null;
  readonly stayed: boolean;
}

export interface LedgerEntry {
  readonly seq: number;
  readonly at: string;
  readonly key: 'A' | 'B' | 'gremlin';
  readonly method: string;
  readonly offer_id: string;
  readonly facets: readonly { readonly facet: string; readonly changed: boolean; readonly needless: boolean }[];
}

/** The marketplace's own word on what was done to its cards and what is live: never the hub's. */
export class SandboxView {
  constructor(
    readonly url: string,
    readonly market: string,
  ) {}

  async scramble(order: {
    seed: number;
    cards: number;
    echo_cards: number;
    kinds?: readonly string[];
    at_least_each: number;
  }): Promise<{ injected: Injected[]; echoes: { offer_id: string }[] }> {
    return this.call('POST', '/gremlins', order);
  }

  async injected(): Promise<Injected[]> {
    return (await this.call<{ injected: Injected[] }>('GET', '/injected')).injected;
  }

  /** Kinds of damage that cannot happen here, and why. */
  async notSuffered(): Promise<Readonly<Record<string, string>>> {
    const { markets } = await this.ask<{ markets: { id: string; not_suffered: Record<string, string> }[] }>('GET', '/_control/markets');
    return markets.find(({ id }) => id === this.market)?.not_suffered ?? {};
  }

  async clock(): Promise<number> {
    return Date.parse((await this.ask<{ now: string }>('GET', '/_control/clock')).now);
  }

  async ledgerEnd(): Promise<number> {
    return (await this.call<{ last_seq: number }>('GET', '/ledger?limit=1')).last_seq;
  }

  async ledger(after: number): Promise<LedgerEntry[]> {
    const entries: LedgerEntry[] = [];
    for (;;) {
      const page = await this.call<{ entries: LedgerEntry[] }>('GET', `/ledger?after=${entries.at(-1)?.seq ?? after}&limit=5000`);
      if (page.entries.length === 0) return entries;
      entries.push(...page.entries);
    }
  }

  /** Requests answered so far, all methods together. */
  async requests(): Promise<number> {
    const stats = await this.call<{ requests: Record<string, number> }>('GET', '/stats');
    return Object.values(stats.requests).reduce((sum, count) => sum + count, 0);
  }

  private call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    return this.ask<T>(method, `/${this.market}/_control${path}`, body);
  }

  private async ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  }
}
