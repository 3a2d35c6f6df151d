import type { Clock } from '#kernel';

/** Creation and its way through the site take up to 30 minutes. */
const UNDERWAY_MS = 35 * 60_000;

/** Articles sent for creation whose card may not be there yet: a size of such a card waits for it. Account clock. */
export class Underway {
  private readonly sentAt = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  note(article: string): void {
    this.sentAt.set(article, this.clock.now());
  }

  /** The card is there, or will never be. */
  forget(article: string): void {
    this.sentAt.delete(article);
  }

  has(article: string): boolean {
    const at = this.sentAt.get(article);
    if (at !== undefined && this.clock.now() - at >= UNDERWAY_MS) this.sentAt.delete(article);
    return this.sentAt.has(article);
  }
}
