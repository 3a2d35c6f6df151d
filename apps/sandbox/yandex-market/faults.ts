import type { ChannelClock } from '../clock.js';
import { COMMON_FAULTS, FaultBoard } from '../faults/board.js';

/** `rate_420`, `parallel_420`: either kind of limit; `migration`: 423; `ignore_body`: a write answers OK and does nothing. */
export const FAULT_KINDS = [...COMMON_FAULTS, 'rate_420', 'parallel_420', 'migration', 'ignore_body'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const ITEM_KINDS: ReadonlySet<FaultKind> = new Set(['fail_item', 'slow_index']);

export class YandexMarketFaults extends FaultBoard<FaultKind> {
  constructor(clock: ChannelClock, seed: string) {
    super(clock, seed, ITEM_KINDS);
  }

  failsItem(offerId: string): boolean {
    return this.forItem('fail_item', offerId) !== undefined;
  }

  /** Channel moment until which a write of this card stays invisible to readers; undefined when it shows at once. */
  slowUntil(offerId: string): number | undefined {
    return this.untilOf('slow_index', offerId);
  }
}
