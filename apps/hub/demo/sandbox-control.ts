import { createHttpClient, type HttpClient } from '#platform';
import { Problem } from '../http/problem.js';

/** A marketplace of the sandbox; `shop` is the address under which buyers see a card by its article. */
export interface DemoMarket {
  readonly id: string;
  readonly shop: string | null;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);
}

/** The control surface of the sandbox: the other side of the demo. */
export class SandboxControl {
  readonly #http: HttpClient;

  constructor(private readonly url: string) {
    this.#http = createHttpClient({ allowPrivate: [new URL(url).host], timeoutMs: 30_000 });
  }

  async markets(): Promise<DemoMarket[]> {
    const { body } = await this.#http.request({ method: 'GET', url: `${this.url}/_control/markets` });
    const markets = at(body, 'markets');
    if (!Array.isArray(markets)) throw new Error('The sandbox did not tell its marketplaces');
    return markets.flatMap((market: unknown) => {
      const [id, shop] = [at(market, 'id'), at(market, 'shop')];
      return typeof id === 'string' ? [{ id, shop: typeof shop === 'string' ? this.url + shop : null }] : [];
    });
  }

  /** What a seller types into the form of a new account on this marketplace. */
  async connection(market: string): Promise<Record<string, string>> {
    const { body } = await this.#http.request({ method: 'GET', url: `${this.url}/${market}/_control/connection` });
    const fields = typeof body === 'object' && body !== null ? Object.entries(body).filter((field): field is [string, string] => typeof field[1] === 'string') : [];
    if (fields.length === 0) throw new Error(`The sandbox did not tell how to connect to ${market}`);
    return Object.fromEntries(fields);
  }

  /** Scrambles cards of a marketplace the way sellers describe. @throws Problem */
  async scramble(market: string, order: { readonly seed: number; readonly cards: number; readonly echo_cards: number }): Promise<{ injected: number; echoes: number }> {
    const answer = await this.#http.request({ method: 'POST', url: `${this.url}/${market}/_control/gremlins`, body: order, writes: true });
    const [injected, echoes] = [at(answer.body, 'injected'), at(answer.body, 'echoes')];
    if (answer.status !== 200 || !Array.isArray(injected)) {
      const reason = at(answer.body, 'error');
      throw new Problem(409, 'scramble-refused', 'The sandbox did not scramble anything', { detail: typeof reason === 'string' ? reason : undefined });
    }
    return { injected: injected.length, echoes: Array.isArray(echoes) ? echoes.length : 0 };
  }
}
