import type { RunningHub } from './program.js';

export interface HubStatus {
  readonly in_sync: number;
  readonly pending: number;
  readonly drifted: number;
  readonly held: number;
  readonly failing: number;
  readonly demo?: { readonly state: string; readonly account_id: string | null; readonly sandbox_url: string | null };
}

/** The hub's API, as far as the benches need it. */
export class HubDoor {
  constructor(private readonly hub: RunningHub) {}

  status(): Promise<HubStatus> {
    return this.call('GET', '/api/status');
  }

  /** Asks for a sweep of every lane of the demo account. */
  async sweepNow(): Promise<void> {
    const { demo } = await this.status();
    await this.call('POST', `/api/accounts/${demo?.account_id ?? ''}/sweep`);
  }

  private async call<T>(method: 'GET' | 'POST', path: string): Promise<T> {
    const answer = await fetch(this.hub.url + path, { method, headers: { authorization: `Bearer ${this.hub.token}` } });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  }
}
