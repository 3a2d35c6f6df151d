import { forgetChanges, outboxMark, type OutboxMark } from '#catalog';
import type { Pool } from 'pg';
import { CHANGES_KEPT_MS } from '#reconcile';

/** Lets go of the catalog's changes once everybody who follows them had the time to see them. */
export class KeptChanges {
  private readonly seen: { readonly mark: OutboxMark; readonly at: number }[] = [];
  private forgotten: OutboxMark | undefined;

  async tick(pool: Pool): Promise<void> {
    const now = performance.now();
    this.seen.push({ mark: await outboxMark(pool), at: now });
    const old = this.seen.findLastIndex(({ at }) => at <= now - CHANGES_KEPT_MS);
    const mark = this.seen[old]?.mark;
    if (mark === undefined) return;
    this.seen.splice(0, old);
    if (mark === this.forgotten) return;
    await forgetChanges(pool, mark);
    this.forgotten = mark;
  }
}
