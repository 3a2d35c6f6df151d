import type { Facet } from '#channels/contract';
import { CLIENT_ID, KEY_B } from './ozon-world.js';

export interface LiveCard {
  readonly offer_id: string;
  readonly product_id: number;
  readonly sku: number;
  readonly facets: Readonly<Record<Facet, { readonly value: unknown; readonly digest: string }>>;
}

/** A write as the marketplace applied it. */
export interface LedgerEntry {
  readonly seq: number;
  readonly key: 'A' | 'B' | 'gremlin';
  readonly method: string;
  readonly offer_id: string;
  readonly facets: readonly { readonly facet: Facet; readonly before_digest: string; readonly after_digest: string; readonly changed: boolean; readonly needless: boolean }[];
}

/** The marketplace's side of a test: its control surface, its record of writes, and another integration at work on it. */
export abstract class MarketSide {
  abstract get sandboxUrl(): string;

  /** Moves the channel's time on. */
  abstract jump(seconds: number): Promise<void>;

  control<T = Record<string, unknown>>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    return control<T>(this.sandboxUrl, method, path, body);
  }

  /** A call to the marketplace's own API by the second key: another integration at work. */
  async otherIntegration(path: string, body: unknown): Promise<unknown> {
    const answer = await fetch(`${this.sandboxUrl}/ozon${path}`, {
      method: 'POST',
      headers: { 'Client-Id': CLIENT_ID, 'Api-Key': KEY_B, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as unknown;
  }

  /** Attributes of a card written by another integration, shown after task and moderation. Title is 4180, description 4191. */
  async foreignWrite(offerId: string, values: Readonly<Record<number, string>>): Promise<void> {
    await this.otherIntegration('/v1/product/attributes/update', {
      items: [{ offer_id: offerId, attributes: Object.entries(values).map(([id, value]) => ({ id: Number(id), complex_id: 0, values: [{ value }] })) }],
    });
    await this.jump(60);
    await this.jump(1_200);
  }

  card(offerId: string): Promise<LiveCard> {
    return this.control<LiveCard>('GET', `/cards/${encodeURIComponent(offerId)}`);
  }

  async faults(rules: readonly object[]): Promise<void> {
    await this.control('POST', '/faults', { rules });
  }

  async faultsFired(): Promise<number[]> {
    const { rules } = await this.control<{ rules: { fired: number }[] }>('GET', '/faults');
    return rules.map((rule) => rule.fired);
  }

  /** Where the ledger stands now, to read on from later. */
  async ledgerEnd(): Promise<number> {
    return (await this.ledger(0)).at(-1)?.seq ?? 0;
  }

  /** Writes the marketplace applied after `after`, by one key or all. */
  async ledger(after: number, key?: LedgerEntry['key']): Promise<LedgerEntry[]> {
    const entries: LedgerEntry[] = [];
    for (;;) {
      const page = await this.control<{ entries: LedgerEntry[] }>('GET', `/ledger?after=${entries.at(-1)?.seq ?? after}&limit=1000`);
      if (page.entries.length === 0) return key === undefined ? entries : entries.filter((entry) => entry.key === key);
      entries.push(...page.entries);
    }
  }
}

export async function control<T>(base: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${base}/_control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
