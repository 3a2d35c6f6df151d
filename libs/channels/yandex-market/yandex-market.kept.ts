import type { Clock } from '#kernel';
import type { Run } from '#channels/contract';

/** Something small that many reads need and that changes slowly: asked for again only when older than `keepMs` (account clock). */
export class Kept<T> {
  private kept: { readonly at: number; readonly value: T } | undefined;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly keepMs: number,
    private readonly read: (run: Run) => Promise<T>,
  ) {}

  async get(run: Run): Promise<T> {
    const at = this.clock.now();
    if (this.kept === undefined || at - this.kept.at >= this.keepMs) this.kept = { at, value: await this.read(run) };
    return this.kept.value;
  }

  forget(): void {
    this.kept = undefined;
  }
}
