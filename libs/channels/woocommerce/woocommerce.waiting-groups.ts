import { type Doc, readList } from '#kernel';

/** Where a walk begins to read a page again: its number, and the highest id before it. */
export interface PageStart {
  readonly number: number;
  readonly lastId: number;
}

interface Waiting {
  readonly group: Doc;
  readonly page: PageStart;
  /** Wall time (ms) when the request left that showed the group. */
  readonly startedAt: number;
}

/** Groups that a walk has met and whose variations it has not read, oldest first: those of several pages of products fill one page of variations. */
export class WaitingGroups {
  private waiting: readonly Waiting[] = [];

  constructor(private readonly most: number) {}

  /** The page of the oldest one. */
  get from(): PageStart | undefined {
    return this.waiting[0]?.page;
  }

  add(groups: readonly Doc[], page: PageStart, startedAt: number): void {
    this.waiting = [...this.waiting, ...groups.map((group) => ({ group, page, startedAt }))];
  }

  /** As many as fit into one page of variations, at least one; undefined while one more may fit, unless `last` says that none will come. */
  next(last: boolean): { readonly groups: readonly Doc[]; readonly startedAt: number } | undefined {
    let taken = 0;
    let count = 0;
    for (const { group } of this.waiting) {
      count += variationsOf(group);
      if (count > this.most && taken > 0) break;
      taken += 1;
    }
    if (taken === 0 || (count < this.most && !last)) return undefined;
    const next = this.waiting.slice(0, taken);
    this.waiting = this.waiting.slice(taken);
    return { groups: next.map(({ group }) => group), startedAt: Math.min(...next.map(({ startedAt }) => startedAt)) };
  }
}

function variationsOf(group: Doc): number {
  return readList(group['variations'], 'variations').length;
}
