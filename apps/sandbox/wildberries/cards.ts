import type { ChannelClock } from '../clock.js';
import type { Schedule } from '../schedule.js';
import { seeded } from '../random.js';
import type { Store } from '../store.js';
import { Counter } from '../counter.js';
import type { Card, Size } from './model.js';
import { ShownCards } from './shown-cards.js';

interface Frame {
  readonly clock: ChannelClock;
  readonly store: Store;
  readonly schedule: Schedule;
}

/** Cards by every name they have. */
export class CardBook {
  private readonly byNm = new Map<number, Card>();
  private readonly byArticle = new Map<string, number>();
  private readonly bySize = new Map<number, number>();
  private readonly bySku = new Map<string, number>();
  private readonly groups = new Map<number, Set<number>>();
  private readonly groupOf = new Map<number, number>();
  private readonly listeners: ((card: Card) => void)[] = [];
  readonly shown: ShownCards;
  private readonly counters: Readonly<Record<'nmID' | 'chrtID' | 'imtID' | 'barcode', Counter>>;

  constructor(private readonly frame: Frame) {
    const from = (name: string, first: number): Counter => new Counter(frame.store, name, first);
    this.counters = { nmID: from('nmID', 210_000_001), chrtID: from('chrtID', 330_000_001), imtID: from('imtID', 190_000_001), barcode: from('barcode', 204_000_000_001) };
    this.shown = new ShownCards(frame);
    for (const card of frame.store.all<Card>('cards')) this.index(card);
  }

  get size(): number {
    return this.byNm.size;
  }

  next(counter: 'nmID' | 'chrtID' | 'imtID' | 'barcode'): number {
    return this.counters[counter].next();
  }

  newUuid(nmID: number): string {
    const random = seeded('nm', nmID);
    const part = (length: number): string => Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
    return `${part(8)}-${part(4)}-7${part(3)}-8${part(3)}-${part(12)}`;
  }

  /** A barcode with its check digit. */
  newBarcode(): string {
    const digits = String(this.next('barcode'));
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  }

  byNmId(nmID: number): Card | undefined {
    const card = this.byNm.get(nmID);
    return card?.removed ? undefined : card;
  }

  byVendorCode(vendorCode: string): Card | undefined {
    const card = this.evenRemoved(vendorCode);
    return card?.removed ? undefined : card;
  }

  /** Also a card that was taken out of every list. */
  evenRemoved(vendorCode: string): Card | undefined {
    const nmID = this.byArticle.get(vendorCode);
    return nmID === undefined ? undefined : this.byNm.get(nmID);
  }

  byChrtId(chrtID: number): { card: Card; size: Size } | undefined {
    const card = this.byNmId(this.bySize.get(chrtID) ?? 0);
    const size = card?.sizes.find((one) => one.chrtID === chrtID);
    return card && size ? { card, size } : undefined;
  }

  byBarcode(sku: string): Card | undefined {
    return this.byNmId(this.bySku.get(sku) ?? 0);
  }

  /** Every card of a group, in the order of their ids. */
  group(imtID: number): Card[] {
    return [...(this.groups.get(imtID) ?? [])].sort((a, b) => a - b).flatMap((nmID) => this.byNmId(nmID) ?? []);
  }

  *all(): Iterable<Card> {
    for (const card of this.byNm.values()) if (!card.removed) yield card;
  }

  /** A slice of all cards in the order of their ids. */
  page(offset: number, limit: number): Card[] {
    const out: Card[] = [];
    let at = 0;
    for (const card of this.all()) {
      if (out.length >= limit) break;
      if (at++ >= offset) out.push(card);
    }
    return out;
  }

  /** Records that a card changed (or is new): persisted, re-indexed, shown to readers, listeners told. */
  save(card: Card): void {
    this.unindex(card);
    this.index(card);
    this.frame.store.put('cards', card.nmID, card);
    for (const listener of this.listeners) listener(card);
  }

  erase(card: Card): void {
    card.removed = true;
    for (const listener of this.listeners) listener(card);
    this.unindex(card);
    this.byNm.delete(card.nmID);
    if (this.byArticle.get(card.vendorCode) === card.nmID) this.byArticle.delete(card.vendorCode);
    this.shown.drop(card.nmID);
    this.frame.store.remove('cards', card.nmID);
  }

  /** Gives a card another article. */
  rename(card: Card, vendorCode: string): void {
    this.byArticle.delete(card.vendorCode);
    card.vendorCode = vendorCode;
    this.save(card);
  }

  onChange(listener: (card: Card) => void): void {
    this.listeners.push(listener);
  }

  reset(): void {
    for (const map of [this.byNm, this.byArticle, this.bySize, this.bySku, this.groups, this.groupOf]) map.clear();
    for (const counter of Object.values(this.counters)) counter.reset();
    this.shown.reset();
  }

  private index(card: Card): void {
    this.byNm.set(card.nmID, card);
    if (!card.removed || !this.byArticle.has(card.vendorCode)) this.byArticle.set(card.vendorCode, card.nmID);
    for (const size of card.sizes) {
      this.bySize.set(size.chrtID, card.nmID);
      if (!card.removed) for (const sku of size.skus) this.bySku.set(sku, card.nmID);
    }
    let group = this.groups.get(card.imtID);
    if (!group) this.groups.set(card.imtID, (group = new Set()));
    group.add(card.nmID);
    this.groupOf.set(card.nmID, card.imtID);
    this.shown.show(card);
  }

  private unindex(card: Card): void {
    const imtID = this.groupOf.get(card.nmID);
    if (imtID === undefined) return;
    const group = this.groups.get(imtID);
    group?.delete(card.nmID);
    if (group?.size === 0) this.groups.delete(imtID);
    this.groupOf.delete(card.nmID);
  }
}
