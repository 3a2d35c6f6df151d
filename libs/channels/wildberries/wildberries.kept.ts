import type { Clock } from '#kernel';
import type { Run } from '#channels/contract';

/** Something small that many reads need and that changes slowly: asked for again only when it is older than `keepMs` (account clock). */
export class Kept<T> {
  private kept: { readonly at: number; readonly value: T } | undefined;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly keepMs: number,
    private readonly read: (run: Run) => Promise<T>,
  ) {}

  async get(run: Run): Promise<T> {
    if (this.kept === undefined || this.clock.now() - this.kept.at >= this.keepMs) {
      const at = this.clock.now();
      this.kept = { at, value: await this.read(run) };
    }
    return this.kept.value;
  }

  /** What was read has proved wrong. */
  forget(): void {
    this.kept = undefined;
  }
}
