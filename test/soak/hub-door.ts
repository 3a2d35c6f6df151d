import type { HubProcess } from './hub-process.js';

export interface HubStatus {
  readonly listings: number;
  readonly in_sync: number;
  readonly drifted: number;
  readonly held: number;
  readonly failing: number;
  readonly pending: number;
  readonly unknown: number;
  readonly ignored: number;
  readonly demo?: { readonly state: string; readonly made: number; readonly of: number; readonly account_id: string | null; readonly sandbox_url: string | null };
}

export interface MasterDocument {
  readonly sku: string;
  readonly title: string;
  readonly description: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly media: readonly { readonly digest: string }[];
  readonly price?: { readonly minor: number; readonly currency: string };
  readonly minPrice?: { readonly minor: number; readonly currency: string };
  readonly stock: Readonly<Record<string, number>>;
}

export interface MasterProduct {
  readonly sku: string;
  readonly revision: number;
  readonly document: MasterDocument;
}

/** How a write at the door ended: only a 2xx is a promise. */
export type Written =
  { readonly kind: 'acknowledged'; readonly revision: number } | { readonly kind: 'refused'; readonly status: number; readonly text: string } | { readonly kind: 'unknown' };

const TIMEOUT_MS = 15_000;

/** The hub's API as a person or a program outside uses it. Remembers what every failing answer said. */
export class HubDoor {
  /** Texts of answers that were not 2xx: no secret may be in them. */
  readonly complaints: string[] = [];

  constructor(private readonly hub: HubProcess) {}

  /** Undefined while the hub is not there or cannot answer. */
  async status(): Promise<HubStatus | undefined> {
    return this.read<HubStatus>('/api/status');
  }

  async product(sku: string): Promise<MasterProduct | undefined> {
    return this.read<MasterProduct>(`/api/products/${encodeURIComponent(sku)}`);
  }

  async products(): Promise<MasterProduct[]> {
    const all: MasterProduct[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: MasterProduct[]; next_cursor: string | null } | undefined = await this.read(
        `/api/products?limit=200${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      if (page === undefined) throw new Error('The hub does not list its products.');
      all.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return all;
  }

  async patch(sku: string, revision: number, patch: object): Promise<Written> {
    const answer = await this.send('PATCH', `/api/products/${encodeURIComponent(sku)}`, patch, { 'if-match': `"${revision}"` });
    if (answer === undefined || answer.status >= 500) return { kind: 'unknown' };
    if (answer.status >= 300) return { kind: 'refused', status: answer.status, text: answer.text.slice(0, 300) };
    return { kind: 'acknowledged', revision: (JSON.parse(answer.text) as { revision: number }).revision };
  }

  /** Asks for every lane now; answers whether somebody listened. */
  async nudge(accountId: string): Promise<boolean> {
    const answer = await this.send('POST', `/api/accounts/${accountId}/sync`);
    return answer !== undefined && answer.status < 300;
  }

  async read<T>(path: string): Promise<T | undefined> {
    const answer = await this.send('GET', path);
    return answer !== undefined && answer.status === 200 ? (JSON.parse(answer.text) as T) : undefined;
  }

  private async send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<{ status: number; text: string } | undefined> {
    try {
      const answer = await fetch(this.hub.url + path, {
        method,
        headers: { authorization: `Bearer ${this.hub.token}`, ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await answer.text();
      if (answer.status >= 300) this.complaints.push(text);
      return { status: answer.status, text };
    } catch {
      return undefined;
    }
  }
}
