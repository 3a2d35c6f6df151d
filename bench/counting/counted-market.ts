import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from '../measure/program.js';

/** Requests that came in, by method, and answers by status. */
export interface Came {
  readonly requests: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
}

/** A simulated market with limits on, in a process of its own, whose clock stands until it is moved. It counts what comes in. */
export class CountedMarket {
  private constructor(
    readonly url: string,
    private readonly id: string,
    private readonly program: Program,
    private readonly folder: string,
  ) {}

  static async start(id: string): Promise<CountedMarket> {
    const folder = mkdtempSync(join(tmpdir(), 'etalon-market-'));
    const program = Program.start('apps/sandbox/main.js', ['--port', '0', '--data', folder, '--scale', '0'], {});
    try {
      const url = await program.until(() => /"listening":"([^"]+)"/.exec(program.output)?.[1]);
      return new CountedMarket(url, id, program, folder);
    } catch (error) {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** What a seller copies from the cabinet to connect an account. */
  connection(): Promise<Record<string, string>> {
    return this.call('GET', `/${this.id}/_control/connection`);
  }

  /** Puts finished goods on the market, without any request; answers how many cards that makes. */
  async seed(goods: number): Promise<number> {
    await this.call('POST', `/${this.id}/_control/seed`, { cards: goods, seed: 1 });
    return this.cards();
  }

  async cards(): Promise<number> {
    return (await this.call<{ cards: number }>('GET', `/${this.id}/_control/health`)).cards;
  }

  came(): Promise<Came> {
    return this.call('GET', `/${this.id}/_control/stats`);
  }

  /** Channel time, ms. */
  async now(): Promise<number> {
    return Date.parse((await this.call<{ now: string }>('GET', '/_control/clock')).now);
  }

  /** Moves channel time on to this moment, ms. */
  async goTo(moment: number): Promise<void> {
    await this.call('POST', '/_control/clock', { set: new Date(moment).toISOString() });
  }

  async stop(): Promise<void> {
    await this.program.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The simulated market answered ${answer.status} to ${path}: ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  }
}

const REFUSED = new Set(['420', '429']);

/** What came in between two looks, by method. Throws when the market refused a request for its limits: then something else was counted. */
export function cameBetween(before: Came, after: Came): ReadonlyMap<string, number> {
  const refused = Object.entries(after.answers).find(([status, n]) => REFUSED.has(status) && n > (before.answers[status] ?? 0));
  if (refused) throw new Error(`The market answered ${refused[0]}: its limits were not kept to.`);
  const grown = Object.entries(after.requests).map(([method, n]) => [method, n - (before.requests[method] ?? 0)] as const);
  return new Map(grown.filter(([, n]) => n > 0));
}

export function toldCame(came: ReadonlyMap<string, number>): string {
  return [...came].map(([method, n]) => `${n} ${method}`).join(', ');
}
