import { leastMs, type PublishedLimit } from './published-limit.js';

/** Requests of one kind that nobody can do without. */
export interface Line {
  /** What they are, as the channel's document says it. */
  readonly what: string;
  readonly requests: number;
  /** The limit they spend from, by its name in `Least.limits`. */
  readonly limit: string;
}

/** The least that a channel's API allows for a piece of work, line by line, and the limits that these requests share. */
export interface Least {
  readonly lines: readonly Line[];
  readonly limits: Readonly<Record<string, PublishedLimit>>;
}

/** Full pages or batches, the last as full as it gets. */
export function pages(items: number, most: number): number {
  return Math.ceil(items / most);
}

/** Where only a page that is not full tells the end: one more when the last one is full. */
export function pagesToTheEnd(items: number, most: number): number {
  return Math.floor(items / most) + 1;
}

export function requestsOf({ lines }: Least): number {
  return lines.reduce((sum, line) => sum + line.requests, 0);
}

/** Seconds that the slowest of the limits takes; the others are spent from meanwhile. Throws for a line whose limit is not there. */
export function secondsOf({ lines, limits }: Least): number {
  const spent = new Map<string, number>();
  for (const { limit, requests } of lines) spent.set(limit, (spent.get(limit) ?? 0) + requests);
  const slowest = [...spent].map(([name, units]) => {
    const limit = limits[name];
    if (limit === undefined) throw new Error(`There is no limit "${name}".`);
    return leastMs(limit, units);
  });
  return Math.max(0, ...slowest) / 1000;
}

/** "200 pages of the list + 1 of the archive". */
export function toldLeast({ lines }: Least): string {
  return lines.map(({ what, requests }) => `${requests} ${what}`).join(' + ');
}
