import { onTheWay } from '../faults/strike.js';
import type { ChannelClock } from '../clock.js';
import { TokenBuckets } from '../limits/token-buckets.js';
import { seeded, type Random } from '../random.js';
import type { Schedule } from '../schedule.js';
import type { CabinetOffice } from './cabinet.js';
import { HostProblem } from './problem.js';

const MINUTE_MS = 60_000;

/** The small machine the shop lives on: few workers, a short queue, and time that everything takes. */
export class Host {
  private working = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly buckets: TokenBuckets;
  private random: Random;
  refused = 0;

  constructor(
    private readonly frame: { readonly clock: ChannelClock; readonly schedule: Schedule; seed(): string },
    private readonly cabinet: CabinetOffice,
  ) {
    this.buckets = new TokenBuckets(frame.clock);
    this.random = seeded(frame.seed(), 'host');
  }

  /** Waits for a worker; throws what the host answers when there is no room. */
  async enter(): Promise<void> {
    const { limits, queue, requests_per_minute: most } = this.cabinet.current;
    if (limits === 'on' && most > 0 && !this.buckets.take('requests', 1, most, most / MINUTE_MS)) throw this.tooMany(Math.ceil(60 / most));
    if (!this.isFull()) {
      this.working++;
      return;
    }
    if (this.waiting.length >= queue) {
      this.refused++;
      throw new HostProblem(503);
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** The worker takes the next request, if any. */
  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.working--;
  }

  /** Takes the time that a request and its items need. A clock that stands lets no time pass. */
  async work(items: number): Promise<void> {
    const { limits, request_ms: request, item_ms: item } = this.cabinet.current;
    if (limits === 'off' || this.frame.clock.scale === 0) return;
    let ms = this.random.int(...request);
    for (let i = 0; i < items; i++) ms += this.random.int(...item);
    if (ms > 0) await onTheWay(this.frame, ms / 1000);
  }

  tooMany(seconds: number): HostProblem {
    this.refused++;
    return new HostProblem(429, { 'retry-after': String(seconds) });
  }

  /** Whoever waits or works goes on and ends by itself. */
  reset(): void {
    this.refused = 0;
    this.buckets.clear();
    this.random = seeded(this.frame.seed(), 'host');
  }

  private isFull(): boolean {
    return this.cabinet.current.limits === 'on' && this.working >= this.cabinet.current.workers;
  }
}
