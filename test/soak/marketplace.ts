import { setTimeout as pause } from 'node:timers/promises';

export interface LedgerFacet {
  readonly facet: string;
  readonly before_digest: string;
  readonly after_digest: string;
  readonly changed: boolean;
  readonly needless: boolean;
}

export interface LedgerEntry {
  readonly seq: number;
  readonly at: string;
  readonly key: 'A' | 'B' | 'gremlin';
  readonly method: string;
  readonly offer_id: string;
  readonly facets: readonly LedgerFacet[];
}

export interface Injected {
  readonly id: number;
  readonly offer_id: string;
  readonly kind: string;
  readonly facet: string;
  readonly at: string;
  readonly restored: boolean;
}

export interface LiveCard {
  readonly offer_id: string;
  readonly facets: Readonly<Record<string, { readonly value: unknown; readonly digest: string }>>;
  readonly quarantined: boolean;
}

export interface FaultRule {
  readonly match: { readonly path?: string; readonly key?: 'A' | 'B'; readonly offer_ids?: readonly string[] };
  readonly kind: string;
  readonly probability?: number;
  readonly count?: number;
  readonly seconds?: number;
}

/** Answers 429 so far, with those that were ordered as faults, and all requests. */
export interface Refusals {
  readonly answered: number;
  readonly requests: number;
}

const CLIENT_ID = '1000001';
const KEY_B = 'sandbox-key-b';
/** A sandbox that comes back with its hub takes long on a busy machine. */
const PATIENCE_MS = 60_000;

/** The sandbox's control surface and its API under a second key. It goes away and comes back with the hub, so every call waits for it. */
export class Marketplace {
  private readonly fired = new Map<string, number>();

  /** `url` is asked anew at each try: a sandbox that was started again may have moved. */
  constructor(private readonly url: () => Promise<string | undefined>) {}

  async clock(): Promise<number> {
    return Date.parse((await this.control<{ now: string }>('GET', '/clock')).now);
  }

  async pace(scale: number): Promise<void> {
    await this.control('POST', '/clock', { scale });
  }

  async jump(seconds: number): Promise<void> {
    await this.control('POST', '/clock', { jump_seconds: seconds });
  }

  async cabinet(change: object): Promise<void> {
    await this.control('POST', '/seed', { cabinet: change });
  }

  async scramble(order: {
    seed: number;
    cards: number;
    echo_cards?: number;
    kinds?: readonly string[];
    offer_ids: readonly string[];
  }): Promise<{ injected: Injected[]; echoes: { offer_id: string }[] }> {
    return this.control('POST', '/gremlins', { at_least_each: 0, ...order });
  }

  async injected(): Promise<Injected[]> {
    return (await this.control<{ injected: Injected[] }>('GET', '/injected')).injected;
  }

  async card(offerId: string): Promise<LiveCard | undefined> {
    return this.control<LiveCard | undefined>('GET', `/cards/${encodeURIComponent(offerId)}`, undefined, true);
  }

  async cardCount(): Promise<number> {
    return (await this.control<{ cards: number }>('GET', '/health')).cards;
  }

  async ledgerEnd(): Promise<number> {
    return (await this.control<{ last_seq: number }>('GET', '/ledger?limit=1')).last_seq;
  }

  async ledger(after = 0): Promise<LedgerEntry[]> {
    const entries: LedgerEntry[] = [];
    for (;;) {
      const page = await this.control<{ entries: LedgerEntry[] }>('GET', `/ledger?after=${entries.at(-1)?.seq ?? after}&limit=5000`);
      if (page.entries.length === 0) return entries;
      entries.push(...page.entries);
    }
  }

  /** 429 answers and requests since the sandbox process started. */
  async refusals(): Promise<Refusals> {
    const stats = await this.control<{ requests: Record<string, number>; answers: Record<string, number> }>('GET', '/stats');
    return { answered: stats.answers['429'] ?? 0, requests: Object.values(stats.requests).reduce((sum, n) => sum + n, 0) };
  }

  /** Orders faults in place of those before; how often each of those struck is remembered. */
  async order(rules: readonly FaultRule[]): Promise<void> {
    await this.harvest();
    await this.control('POST', '/faults', { rules });
  }

  /** How often each kind of fault struck, orders that were replaced included. */
  async struck(): Promise<ReadonlyMap<string, number>> {
    const now = new Map(this.fired);
    for (const { rule, fired } of await this.rules()) now.set(rule.kind, (now.get(rule.kind) ?? 0) + fired);
    return now;
  }

  /** Whether every ordered fault with a count has struck that often. */
  async exhausted(): Promise<boolean> {
    return (await this.outstanding()).length === 0;
  }

  /** Ordered faults with a count that have not struck that often yet. */
  async outstanding(): Promise<FaultRule[]> {
    return (await this.rules()).filter(({ rule, fired }) => rule.count !== undefined && fired < rule.count).map(({ rule }) => rule);
  }

  /** Before the sandbox dies: what its faults did would be forgotten with it. */
  async harvest(): Promise<void> {
    for (const { rule, fired } of await this.rules()) this.fired.set(rule.kind, (this.fired.get(rule.kind) ?? 0) + fired);
    await this.control('POST', '/faults', { rules: [] });
  }

  /** A call by another program with a key of its own, once the marketplace is there. */
  async otherProgram(path: string, body: object): Promise<boolean> {
    await this.clock();
    const url = await this.url();
    if (url === undefined) return false;
    const answer = await fetch(`${url}/ozon${path}`, {
      method: 'POST',
      headers: { 'Client-Id': CLIENT_ID, 'Api-Key': KEY_B, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return answer.ok && !text.includes('"updated":false');
  }

  private async rules(): Promise<{ rule: FaultRule; fired: number }[]> {
    return (await this.control<{ rules: { rule: FaultRule; fired: number }[] }>('GET', '/faults')).rules;
  }

  private async control<T>(method: 'GET' | 'POST', path: string, body?: object, mayMiss = false): Promise<T> {
    let last = 'it is not running';
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
      const url = await this.url();
      if (url !== undefined) {
        try {
          const answer = await fetch(`${url}/_control${path}`, {
            method,
            ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
          });
          if (answer.ok) return (await answer.json()) as T;
          if (mayMiss && answer.status === 404) return undefined as T;
          throw new RangeError(`${answer.status}: ${(await answer.text()).slice(0, 300)}`);
        } catch (error) {
          if (error instanceof RangeError) throw new Error(`The sandbox refused ${path} with ${error.message}`);
          last = error instanceof Error ? error.message : String(error);
        }
      }
      await pause(250);
    }
    throw new Error(`The sandbox does not answer ${path}: ${last}`);
  }
}
