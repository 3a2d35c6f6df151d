import pg from 'pg';

const nothing = () => undefined;

/**
 * A connection whose statements wait for each other before they reach the driver. TypeORM asks several things of one connection at
 * once, which the driver only puts up with until its next major version. What is answered through a callback or a stream is let through.
 */
export class TurnTakingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as (...args: readonly unknown[]) => Promise<unknown>;
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn = (...args: readonly unknown[]): unknown => {
      if (typeof args.at(-1) === 'function' || (typeof args[0] === 'object' && args[0] !== null && 'submit' in args[0])) return ask(...args);
      const answer = turn.then(() => ask(...args));
      turn = answer.then(nothing, nothing);
      return answer;
    };
    this.query = inTurn as typeof this.query;
  }
}
