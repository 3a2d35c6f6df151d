import { setImmediate as turn } from 'node:timers/promises';

const PER_TURN = 50;

/** Long work on the processor, piece by piece: in between, what waits meanwhile (the next statement of another batch) gets its turn. */
export async function eachInTurns<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (const [at, item] of items.entries()) {
    if (at > 0 && at % PER_TURN === 0) await turn();
    work(item);
  }
}
