/** What came in, by path, since the last reset. */
export class Stats {
  private readonly requests = new Map<string, number>();
  private readonly answers = new Map<number, number>();
  compressed = 0;

  came(path: string): void {
    this.requests.set(path, (this.requests.get(path) ?? 0) + 1);
  }

  answered(status: number): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
  }

  view(): { requests: Record<string, number>; answers: Record<string, number>; compressed: number } {
    return {
      requests: Object.fromEntries([...this.requests].sort()),
      answers: Object.fromEntries([...this.answers].map(([status, n]) => [String(status), n])),
      compressed: this.compressed,
    };
  }

  reset(): void {
    this.requests.clear();
    this.answers.clear();
    this.compressed = 0;
  }
}
