import type { HttpPort } from '#channels/contract';

/** Tells whether a request is under way. The date of an answer is left out: it is the machine's, and the market's clock stands apart from it. */
export class WatchedHttp implements HttpPort {
  private underway = 0;

  constructor(private readonly http: HttpPort) {}

  busy(): boolean {
    return this.underway > 0;
  }

  async request(call: Parameters<HttpPort['request']>[0]): ReturnType<HttpPort['request']> {
    this.underway += 1;
    try {
      const { headers, ...answer } = await this.http.request(call);
      return { ...answer, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'date')) };
    } finally {
      this.underway -= 1;
    }
  }
}
