import { Injectable } from '@nestjs/common';

/** Far more than a site sends: it works through its deliveries one after another. */
const PER_SECOND = 200;
const AT_ONCE = 2_000;

/** How many deliveries an account may send: a bucket each, filled evenly (wall time). */
@Injectable()
export class DeliveryRate {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** Only for accounts that are known: they are few. What nobody proved has a bucket of its own, so that a flood of forgeries costs the site nothing. */
  take(accountId: string, proven: boolean): boolean {
    const name = `${accountId} ${proven}`;
    const now = performance.now();
    const { left, at } = this.#buckets.get(name) ?? { left: AT_ONCE, at: now };
    const filled = Math.min(AT_ONCE, left + ((now - at) / 1000) * PER_SECOND);
    this.#buckets.set(name, { left: filled >= 1 ? filled - 1 : filled, at: now });
    return filled >= 1;
  }
}
