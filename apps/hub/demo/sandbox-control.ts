import { createHttpClient, type HttpClient } from '#platform';
import { Problem } from '../http/problem.js';

/** What the demo account needs to know of the cabinet it trades in. */
export interface DemoCabinet {
  readonly clientId: string;
  readonly apiKey: string;
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

  async cabinet(): Promise<DemoCabinet> {
    const { body } = await this.#http.request({ method: 'GET', url: `${this.url}/_control/health` });
    const clientId = at(body, 'cabinet', 'client_id');
    const apiKey = at(body, 'cabinet', 'keys', 'A', 'value');
    if (typeof clientId !== 'string' || typeof apiKey !== 'string') throw new Error('The sandbox did not tell its cabinet');
    return { clientId, apiKey };
  }

  /** Scrambles cards the way sellers describe. @throws Problem */
  async scramble(order: { readonly seed: number; readonly cards: number; readonly echo_cards: number }): Promise<{ injected: number; echoes: number }> {
    const answer = await this.#http.request({ method: 'POST', url: `${this.url}/_control/gremlins`, body: order, writes: true });
    const [injected, echoes] = [at(answer.body, 'injected'), at(answer.body, 'echoes')];
    if (answer.status !== 200 || !Array.isArray(injected)) {
      const reason = at(answer.body, 'error');
      throw new Problem(409, 'scramble-refused', 'The sandbox did not scramble anything', { detail: typeof reason === 'string' ? reason : undefined });
    }
    return { injected: injected.length, echoes: Array.isArray(echoes) ? echoes.length : 0 };
  }
}
