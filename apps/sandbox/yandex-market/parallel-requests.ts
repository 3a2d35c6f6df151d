import type { CabinetOffice } from './cabinet.js';
import type { Entity } from './limits.js';
import { Problem } from './problem.js';

/** How many requests about one entity may be on their way at once, unless a method says otherwise. */
const USUAL = 4;

/** Counts requests that are being answered. Some methods have a count of their own, named by their limit. */
export class ParallelRequests {
  private readonly running = new Map<string, number>();
  refused = 0;

  constructor(private readonly cabinet: CabinetOffice) {}

  /** Lets a request in and answers how it leaves; throws 420 when there are too many. */
  enter(entity: Entity, own?: { readonly name: string; readonly most: number }): () => void {
    const { most, name } = own ?? { most: USUAL, name: '' };
    const key = `${entity.kind}/${entity.id}/${name}`;
    const now = this.running.get(key) ?? 0;
    if (now >= most && this.cabinet.current.limits === 'on') throw this.tooMany(entity, most);
    this.running.set(key, now + 1);
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.running.set(key, Math.max(0, (this.running.get(key) ?? 1) - 1));
    };
  }

  tooMany({ kind, id }: Entity, most = USUAL): Problem {
    this.refused++;
    return new Problem(420, 'LIMIT_EXCEEDED', `Hit rate limit of ${most} parallel requests for ${kind} ${id}`);
  }

  reset(): void {
    this.running.clear();
    this.refused = 0;
  }
}
