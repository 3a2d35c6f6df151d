import type { ChannelClock } from '../clock.js';
import { COMMON_FAULTS, FaultBoard } from '../faults/board.js';

export type { FaultRule } from '../faults/board.js';

export const FAULT_KINDS = [...COMMON_FAULTS, 'rate_429', 'items_429', 'circle_open', 'decline_moderation'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const ITEM_KINDS: ReadonlySet<FaultKind> = new Set(['decline_moderation', 'fail_item', 'slow_index']);

export class OzonFaults extends FaultBoard<FaultKind> {
  constructor(clock: ChannelClock, seed: string) {
    super(clock, seed, ITEM_KINDS);
  }

  declines(offerId: string): boolean {
    return this.forItem('decline_moderation', offerId) !== undefined;
  }

  failsItem(offerId: string): boolean {
    return this.forItem('fail_item', offerId) !== undefined;
  }

  /** Channel moment until which a write of this card stays invisible to readers; undefined when it shows at once. */
  slowUntil(offerId: string): number | undefined {
    return this.untilOf('slow_index', offerId);
  }
}
