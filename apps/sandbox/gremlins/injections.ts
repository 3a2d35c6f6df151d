import type { ChannelClock } from '../clock.js';
import { digest } from '../digest.js';
import type { Store } from '../store.js';
import type { Breakable } from './breakable.js';
import type { GremlinKind } from './kinds.js';

/** One scramble, with what the facet meant before it; the sandbox itself judges whether it was put right. */
export interface Injection {
  id: number;
  offerId: string;
  kind: GremlinKind;
  facet: string;
  partnerOfferId: string;
  /** Channel time, ms. */
  at: number;
  detail: string;
  beforeMeaning: string;
  beforeValue: unknown;
  restoredAt: number | null;
  /** When a restored value was lost again. */
  relapsedAt: number | null;
  /** Task and moderation seconds of the write that restored it, as the sandbox drew them. */
  ownDelaySeconds: number;
}

export interface InjectionView {
  id: number;
  offer_id: string;
  kind: GremlinKind;
  facet: string;
  partner_offer_id?: string;
  at: string;
  detail: string;
  restored: boolean;
  restored_at: string | null;
  stayed: boolean;
  own_delay_seconds: number;
  before_digest: string;
  live_digest: string;
}

export class InjectionBook<Card extends object> {
  private readonly list: Injection[] = [];
  private readonly byOffer = new Map<string, Injection[]>();

  constructor(
    private readonly frame: { readonly clock: ChannelClock; readonly store: Store },
    private readonly cards: Breakable<Card>,
  ) {
    for (const injection of frame.store.all<Injection>('injections')) this.index(injection);
    cards.onChange((card) => this.look(card));
  }

  add(injection: Omit<Injection, 'id' | 'restoredAt' | 'relapsedAt' | 'ownDelaySeconds'>): Injection {
    const full = { id: this.list.length + 1, ...injection, restoredAt: null, relapsedAt: null, ownDelaySeconds: 0 };
    this.index(full);
    this.frame.store.put('injections', full.id, full);
    return full;
  }

  of(offerId: string): readonly Injection[] {
    return this.byOffer.get(offerId) ?? [];
  }

  /** A scramble of this card is not put right yet. */
  isOpen(offerId: string): boolean {
    return this.of(offerId).some((i) => !this.isRestored(i));
  }

  views(): InjectionView[] {
    return this.list.map((i) => this.view(i));
  }

  view(i: Injection): InjectionView {
    const restored = this.isRestored(i);
    return {
      id: i.id,
      offer_id: i.offerId,
      kind: i.kind,
      facet: i.facet,
      ...(i.partnerOfferId ? { partner_offer_id: i.partnerOfferId } : {}),
      at: new Date(i.at).toISOString(),
      detail: i.detail,
      restored,
      restored_at: i.restoredAt === null ? null : new Date(i.restoredAt).toISOString(),
      stayed: restored && i.relapsedAt === null,
      own_delay_seconds: i.ownDelaySeconds,
      before_digest: digest(i.beforeMeaning),
      live_digest: digest(this.liveMeaning(i)),
    };
  }

  reset(): void {
    this.list.length = 0;
    this.byOffer.clear();
  }

  private isRestored(i: Injection): boolean {
    const live = this.liveMeaning(i);
    return i.kind === 'orphan' ? live !== 'listed' : live === i.beforeMeaning;
  }

  private liveMeaning(i: Injection): string {
    const card = this.cards.find(i.offerId);
    return card ? this.cards.meaning(card, i.facet) : 'absent';
  }

  private look(card: Card): void {
    for (const i of this.of(this.cards.keyOf(card))) {
      const restored = this.isRestored(i);
      if (restored && i.restoredAt === null) {
        i.restoredAt = this.frame.clock.now();
        i.ownDelaySeconds = this.cards.ownDelay(card);
      } else if (!restored && i.restoredAt !== null && i.relapsedAt === null) {
        i.relapsedAt = this.frame.clock.now();
      } else continue;
      this.frame.store.put('injections', i.id, i);
    }
  }

  private index(injection: Injection): void {
    this.list.push(injection);
    const known = this.byOffer.get(injection.offerId);
    if (known) known.push(injection);
    else this.byOffer.set(injection.offerId, [injection]);
  }
}
