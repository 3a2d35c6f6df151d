import { Child } from '../measure/child.js';

/** The page server in its own process, so that serving costs the measured one nothing but the wire. */
export class PageServer {
  private round = 0;

  private constructor(
    private readonly child: Child,
    readonly url: string,
    readonly cards: number,
    /** Of a thousand cards each. */
    readonly count: number,
  ) {}

  static async start(cards: number): Promise<PageServer> {
    const child = Child.start(new URL('./page-server.process.js', import.meta.url));
    try {
      const { port, pages } = await child.ask<{ port: number; pages: number }>('open', cards);
      return new PageServer(child, `http://127.0.0.1:${port}`, cards, pages);
    } catch (error) {
      await child.stop();
      throw error;
    }
  }

  /** Changes half a per cent of the cards, others each time. Answers how many. */
  change(): Promise<number> {
    return this.child.ask<number>('change', this.round++);
  }

  /** Answers given so far, those about the clock left out. */
  served(): Promise<number> {
    return this.child.ask<number>('served');
  }

  /** How many times faster than the wall the channel's clock runs; sweeps fall due and budgets refill by it. */
  pace(scale: number): Promise<void> {
    return this.child.ask('pace', scale);
  }

  stop(): Promise<void> {
    return this.child.stop();
  }
}
