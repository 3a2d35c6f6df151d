const MOST_TOLD = 12;

/** What a run did and found, by name: faults that really struck, checks that were really made, and what was wrong. */
export class Tally {
  private readonly faults = new Map<string, number>();
  private readonly checks = new Map<string, number>();
  private readonly wrongs = new Map<string, string[]>();

  /** Names every fault and check there will be, so that one that never happens shows as zero. */
  constructor(faults: readonly string[], checks: readonly string[]) {
    for (const name of faults) this.faults.set(name, 0);
    for (const name of checks) this.checks.set(name, 0);
  }

  fired(name: string, times = 1): void {
    this.faults.set(name, (this.faults.get(name) ?? 0) + times);
  }

  firedSoFar(name: string): number {
    return this.faults.get(name) ?? 0;
  }

  /** Counts one comparison; a sentence says what is wrong. */
  check(name: string, wrong?: string | false): void {
    this.checks.set(name, (this.checks.get(name) ?? 0) + 1);
    if (wrong) this.wrongs.set(name, [...(this.wrongs.get(name) ?? []), wrong]);
  }

  /** Everything that makes the run red; empty when it is green. */
  failures(): string[] {
    const zero = (what: string, counts: ReadonlyMap<string, number>) => [...counts].filter(([, n]) => n === 0).map(([name]) => `${what} "${name}" never happened`);
    const told = [...this.wrongs].flatMap(([name, list]) => [
      ...list.slice(0, MOST_TOLD).map((wrong) => `${name}: ${wrong}`),
      ...(list.length > MOST_TOLD ? [`${name}: and ${list.length - MOST_TOLD} more`] : []),
    ]);
    return [...told, ...zero('fault', this.faults), ...zero('check', this.checks)];
  }

  counts(): { faults: Record<string, number>; checks: Record<string, number> } {
    return { faults: Object.fromEntries(this.faults), checks: Object.fromEntries(this.checks) };
  }
}
