import type { ChannelClock } from '../clock.js';
import { COMMON_FAULTS, FaultBoard } from '../faults/board.js';

/** `rate_429`, `forbidden_403`: the host answers in HTML. `php_fatal`: the shop breaks off in its own words. `junk_before`: warnings and a byte order mark before the JSON. `ignore_body`: a write answers as if done. */
export const FAULT_KINDS = [...COMMON_FAULTS, 'rate_429', 'forbidden_403', 'php_fatal', 'junk_before', 'ignore_body'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const ITEM_KINDS: ReadonlySet<FaultKind> = new Set(['fail_item', 'slow_index']);

export class WooFaults extends FaultBoard<FaultKind> {
  constructor(clock: ChannelClock, seed: string) {
    super(clock, seed, ITEM_KINDS);
  }

  failsItem(key: string): boolean {
    return this.forItem('fail_item', key) !== undefined;
  }

  /** Channel moment until which a write stays invisible to readers; undefined when it shows at once. */
  slowUntil(key: string): number | undefined {
    return this.untilOf('slow_index', key);
  }
}
