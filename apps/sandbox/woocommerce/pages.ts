import type { PageFault } from './endpoint.js';

/** Pages answered last, so that one of them can be answered again instead of the next. */
export class LastPages {
  private readonly pages = new Map<string, unknown[]>();

  /** The page, or what a fault makes of it: the one answered before it, or half of it. */
  next(fault: PageFault, list: string, page: unknown[]): unknown[] {
    if (fault === 'truncated_page') return page.slice(0, page.length >> 1);
    const last = this.pages.get(list);
    if (fault === 'duplicate_page' && last !== undefined) return last;
    this.pages.set(list, page);
    return page;
  }

  reset(): void {
    this.pages.clear();
  }
}
