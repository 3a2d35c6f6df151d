import type { PageFault } from './endpoint.js';

/** A page as a fault spoils it: half of its cards lost. */
export function spoiled<T>(fault: PageFault, items: T[]): T[] {
  return fault === 'truncated_page' ? items.slice(0, items.length >> 1) : items;
}

/** Pages answered last, so that one of them can be answered again instead of the next. */
export class LastPages {
  private readonly pages = new Map<string, unknown>();

  /** `page`, or on order the one answered before it. */
  next(fault: PageFault, list: string, page: unknown): unknown {
    const last = this.pages.get(list);
    if (fault === 'duplicate_page' && last !== undefined) return last;
    this.pages.set(list, page);
    return page;
  }

  reset(): void {
    this.pages.clear();
  }
}
