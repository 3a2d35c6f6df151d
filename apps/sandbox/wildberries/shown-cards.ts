import type { ChannelClock } from '../clock.js';
import type { Schedule } from '../schedule.js';
import type { Card } from './model.js';

interface Entry {
  readonly moment: number;
  readonly nmID: number;
  readonly card: Card;
}

type Order = Pick<Entry, 'moment' | 'nmID'>;

/** Entries of one list in the order of its cursor. */
class Walk {
  private readonly entries: Entry[] = [];
  private readonly places = new Map<number, Entry>();

  put(entry: Entry): void {
    this.drop(entry.nmID);
    this.entries.splice(this.firstAfter(entry), 0, entry);
    this.places.set(entry.nmID, entry);
  }

  drop(nmID: number): void {
    const known = this.places.get(nmID);
    if (!known) return;
    this.entries.splice(this.firstAfter(known) - 1, 1);
    this.places.delete(nmID);
  }

  get(nmID: number): Card | undefined {
    return this.places.get(nmID)?.card;
  }

  *from(cursor: Order | undefined, ascending: boolean): Iterable<Card> {
    if (ascending) {
      for (let at = cursor ? this.firstAfter(cursor) : 0; at < this.entries.length; at++) yield (this.entries[at] as Entry).card;
      return;
    }
    for (let at = (cursor ? this.firstNotBefore(cursor) : this.entries.length) - 1; at >= 0; at--) yield (this.entries[at] as Entry).card;
  }

  clear(): void {
    this.entries.length = 0;
    this.places.clear();
  }

  private firstAfter(order: Order): number {
    return this.search((entry) => before(order, entry));
  }

  private firstNotBefore(order: Order): number {
    return this.search((entry) => !before(entry, order));
  }

  private search(beyond: (entry: Entry) => boolean): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (beyond(this.entries[middle] as Entry)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const before = (a: Order, b: Order): boolean => a.moment < b.moment || (a.moment === b.moment && a.nmID < b.nmID);

/** What readers see: cards by (`updatedAt`, `nmID`), the trash by (`trashedAt`, `nmID`); a slow index goes on showing what was. */
export class ShownCards {
  readonly cards = new Walk();
  readonly trash = new Walk();
  /** Until when a card is shown as it was. */
  private readonly frozen = new Map<number, number>();

  constructor(private readonly frame: { readonly clock: ChannelClock; readonly schedule: Schedule }) {}

  /** The card as readers see it; undefined when they do not. */
  see(nmID: number): Card | undefined {
    return this.cards.get(nmID) ?? this.trash.get(nmID);
  }

  show(card: Card): void {
    const until = this.frozen.get(card.nmID);
    if (until !== undefined && until > this.frame.clock.now()) return;
    this.frozen.delete(card.nmID);
    this.drop(card.nmID);
    if (card.removed) return;
    if (card.trashedAt > 0) this.trash.put({ moment: card.trashedAt, nmID: card.nmID, card });
    else this.cards.put({ moment: card.updatedAt, nmID: card.nmID, card });
  }

  /** To be called before a card changes: until the moment it is shown as it is now, or not at all while it is new. */
  freeze(card: Card, until: number): void {
    const { nmID } = card;
    const seen = this.see(nmID);
    if (!this.frozen.has(nmID) && seen) {
      const was = structuredClone(seen);
      if (was.trashedAt > 0) this.trash.put({ moment: was.trashedAt, nmID, card: was });
      else this.cards.put({ moment: was.updatedAt, nmID, card: was });
    }
    this.frozen.set(nmID, until);
    this.frame.schedule.at(until, () => this.show(card));
  }

  drop(nmID: number): void {
    this.cards.drop(nmID);
    this.trash.drop(nmID);
  }

  reset(): void {
    this.cards.clear();
    this.trash.clear();
    this.frozen.clear();
  }
}
