import type { Marketplace } from './marketplace.js';

export interface RefusalsSoFar {
  readonly answered: number;
  readonly requests: number;
}

/** Adds up 429 answers and requests over sandbox processes, whose own counters start anew with each. */
export class RefusalMeter {
  private before = { answered: 0, requests: 0 };
  private last = { answered: 0, requests: 0 };

  constructor(private readonly market: Marketplace) {}

  /** Reads the counters; call it often, above all before the sandbox dies. */
  async read(): Promise<RefusalsSoFar> {
    const now = await this.market.refusals();
    if (now.requests < this.last.requests) this.before = this.sum();
    this.last = now;
    return this.sum();
  }

  private sum(): RefusalsSoFar {
    return { answered: this.before.answered + this.last.answered, requests: this.before.requests + this.last.requests };
  }
}
