import type { Run } from './channel.js';

/** Channels where a price's floor holds against promotions for a limited time, and then must be renewed. All times are the account's clock, ms. */
export interface FloorKeeper {
  /** Cards of one call. */
  readonly batch: number;
  /** How long before its end a floor is renewed. */
  readonly renewBeforeMs: number;
  /** Until when the floors of these cards (external ids) hold; 0: they do not. Cards that the channel leaves out are left out. */
  until(cards: readonly string[], run: Run): Promise<ReadonlyMap<string, number>>;
  /** Lets them hold for another term. Price and floor themselves stay as they are. Repeatable. */
  renew(cards: readonly string[], run: Run): Promise<void>;
}
