import type { ChannelClock } from '../clock.js';
import { COMMON_FAULTS, FaultBoard } from '../faults/board.js';

/** `ignore_body`: a write answers success and does nothing. `warehouse_busy`, `warehouse_works`: 409 and 406 of stocks. */
export const FAULT_KINDS = [...COMMON_FAULTS, 'rate_429', 'ignore_body', 'warehouse_busy', 'warehouse_works'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const ITEM_KINDS: ReadonlySet<FaultKind> = new Set(['fail_item', 'slow_index']);

export class WildberriesFaults extends FaultBoard<FaultKind> {
  constructor(clock: ChannelClock, seed: string) {
    super(clock, seed, ITEM_KINDS);
  }

  failsItem(vendorCode: string): boolean {
    return this.forItem('fail_item', vendorCode) !== undefined;
  }

  /** Channel moment until which a write of this card stays invisible to readers; undefined when it shows at once. */
  slowUntil(vendorCode: string): number | undefined {
    return this.untilOf('slow_index', vendorCode);
  }
}
