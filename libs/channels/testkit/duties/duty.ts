import type { Bench } from '../bench.js';

/** One thing every channel owes. `check` rejects when it is not done; `skip` says why a channel has nothing to do here. */
export interface Duty {
  readonly name: string;
  skip?(bench: Bench): string | undefined;
  check(bench: Bench): Promise<void>;
}
