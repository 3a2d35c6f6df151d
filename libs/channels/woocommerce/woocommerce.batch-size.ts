/** All kinds together, by the site's default; a filter of the site may lower it. */
export const BATCH = 100;
/** Before it is known what the host can do. */
const FIRST = 25;
const SMALLEST = 5;
const QUICK_MS = 5_000;
const SLOW_MS = 15_000;
/** Servers in front of PHP turn away more than a mebibyte by default. */
const MOST_BYTES = 512 * 1024;

/** How many items the site takes in one request without running out of time: doubled while it is quick, halved when it is slow or fails. */
export class BatchSize {
  private size = FIRST;

  /** The next entries to go together, at least one. */
  next<T>(entries: readonly T[], from: number): readonly T[] {
    let bytes = 0;
    let to = from;
    for (; to < entries.length && to - from < this.size; to += 1) {
      bytes += Buffer.byteLength(JSON.stringify(entries[to]));
      if (bytes > MOST_BYTES && to > from) break;
    }
    return entries.slice(from, to);
  }

  /** @param tookMs wall time of the request */
  done(tookMs: number): void {
    if (tookMs > SLOW_MS) this.shrink();
    else if (tookMs < QUICK_MS) this.size = Math.min(BATCH, this.size * 2);
  }

  shrink(): void {
    this.size = Math.max(SMALLEST, this.size >> 1);
  }
}
