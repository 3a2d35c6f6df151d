import type { ChannelClock } from '../clock.js';
import { Counter } from '../counter.js';
import type { Store } from '../store.js';
import type { Card } from './model.js';

interface Frozen {
  readonly until: number;
  /** The card as it was; undefined when there was none. */
  readonly was: Card | undefined;
}

/** Cards by their article, in the order they came. */
export class CardBook {
  private readonly byOffer = new Map<string, Card>();
  private list: Card[] = [];
  /** Articles that a slow index goes on showing as they were. */
  private readonly frozen = new Map<string, Frozen>();
  private readonly listeners: ((card: Card) => void)[] = [];
  private readonly numbers: Readonly<Record<'seq' | 'sku' | 'barcode', Counter>>;

  constructor(private readonly frame: { readonly clock: ChannelClock; readonly store: Store }) {
    const from = (name: string, first: number): Counter => new Counter(frame.store, name, first);
    this.numbers = { seq: from('nextSeq', 1), sku: from('nextSku', 102_300_001), barcode: from('nextBarcode', 205_000_000_001) };
    const saved = [...frame.store.all<Card>('cards')].sort((a, b) => a.seq - b.seq);
    for (const card of saved) this.put(card);
  }

  get size(): number {
    return this.list.length;
  }

  newSku(): number {
    return this.numbers.sku.next();
  }

  /** The place in the lists of a card that is about to be made. */
  placeOf(offerId: string): number {
    return this.byOffer.get(offerId)?.seq ?? this.numbers.seq.next();
  }

  /** A barcode with its check digit. */
  newBarcode(): string {
    const digits = String(this.numbers.barcode.next());
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  }

  /** The card as it is; undefined when it is in no list. */
  find(offerId: string): Card | undefined {
    const card = this.byOffer.get(offerId);
    return card?.removed ? undefined : card;
  }

  /** Also a card that was taken out of every list. */
  evenRemoved(offerId: string): Card | undefined {
    return this.byOffer.get(offerId);
  }

  /** The card as readers see it. */
  see(offerId: string): Card | undefined {
    const frozen = this.frozen.get(offerId);
    const card = frozen && frozen.until > this.frame.clock.now() ? frozen.was : this.byOffer.get(offerId);
    return card?.removed ? undefined : card;
  }

  *all(): Iterable<Card> {
    for (const card of this.list) if (!card.removed) yield card;
  }

  /** Cards as readers see them, from behind a place on. */
  *seenAfter(seq: number): Iterable<Card> {
    for (let at = this.firstAfter(seq); at < this.list.length; at++) {
      const seen = this.see((this.list[at] as Card).offerId);
      if (seen) yield seen;
    }
  }

  /** Records that a card changed (or is new): persisted, shown to readers, listeners told. */
  save(card: Card): void {
    this.put(card);
    this.frame.store.put('cards', card.seq, card);
    for (const listener of this.listeners) listener(card);
  }

  /** Takes a card away for good. */
  erase(card: Card): void {
    card.removed = true;
    for (const listener of this.listeners) listener(card);
    this.list.splice(this.firstAfter(card.seq) - 1, 1);
    this.byOffer.delete(card.offerId);
    this.frame.store.remove('cards', card.seq);
  }

  /** To be called before a card changes: until the moment it is shown as it is now, or not at all while it is new. */
  freeze(offerId: string, until: number): void {
    const was = this.see(offerId);
    this.frozen.set(offerId, { until, was: was && structuredClone(was) });
  }

  onChange(listener: (card: Card) => void): void {
    this.listeners.push(listener);
  }

  reset(): void {
    this.byOffer.clear();
    this.list = [];
    this.frozen.clear();
    for (const counter of Object.values(this.numbers)) counter.reset();
  }

  /** A card that comes again after it had vanished takes its old place. */
  private put(card: Card): void {
    const known = this.byOffer.get(card.offerId);
    if (!known) this.list.push(card);
    else if (known !== card) this.list[this.firstAfter(card.seq) - 1] = card;
    this.byOffer.set(card.offerId, card);
  }

  /** Where the first card with a greater place stands. */
  private firstAfter(seq: number): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle] as Card).seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
