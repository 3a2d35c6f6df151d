import type { ChannelClock } from './clock.js';

interface Entry {
  at: number;
  order: number;
  run: () => void;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs work at moments of channel time, in order; a jump of the clock runs everything it passed. */
export class Schedule {
  private heap: Entry[] = [];
  private order = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly stopListening: () => void;

  constructor(private readonly clock: ChannelClock) {
    this.stopListening = clock.onChange(() => this.advance());
  }

  at(moment: number, run: () => void): void {
    const entry = { at: moment, order: this.order++, run };
    this.push(entry);
    if (this.heap[0] === entry) this.arm();
  }

  /** Runs all that is due now, each at its own moment. */
  advance(): void {
    const now = this.clock.now();
    for (let first = this.heap[0]; first && first.at <= now; first = this.heap[0]) {
      this.pop();
      this.clock.asOf(first.at, first.run);
    }
    this.arm();
  }

  get waiting(): number {
    return this.heap.length;
  }

  clear(): void {
    this.heap = [];
    clearTimeout(this.timer);
  }

  close(): void {
    this.clear();
    this.stopListening();
  }

  private arm(): void {
    clearTimeout(this.timer);
    const first = this.heap[0];
    if (!first) return;
    const wait = this.clock.wallUntil(first.at);
    if (wait === Infinity) return;
    this.timer = setTimeout(() => this.advance(), Math.min(Math.ceil(wait), LONGEST_TIMER_MS));
  }

  private before(a: number, b: number): boolean {
    const x = this.heap[a] as Entry;
    const y = this.heap[b] as Entry;
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b] as Entry, this.heap[a] as Entry];
  }

  private push(entry: Entry): void {
    let i = this.heap.push(entry) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(i, parent)) break;
      this.swap(i, parent);
      i = parent;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= this.heap.length) return;
      const child = left + 1 < this.heap.length && this.before(left + 1, left) ? left + 1 : left;
      if (!this.before(child, i)) return;
      this.swap(child, i);
      i = child;
    }
  }
}
