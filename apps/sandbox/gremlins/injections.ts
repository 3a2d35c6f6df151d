import type { Market } from '../ozon/market.js';
import { digest, meaning } from '../ozon/meaning.js';
import type { Card, FacetName } from '../ozon/model.js';
import { facetValue } from '../ozon/truth.js';
import type { GremlinKind } from './kinds.js';

/** One scramble, with what the facet meant before it; the sandbox itself judges whether it was put right. */
export interface Injection {
  id: number;
  offerId: string;
  kind: GremlinKind;
  facet: FacetName;
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
  facet: FacetName;
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

export class InjectionBook {
  private readonly list: Injection[] = [];
  private readonly byOffer = new Map<string, Injection[]>();

  constructor(private readonly market: Market) {
    for (const injection of market.store.all<Injection>('injections')) this.index(injection);
    market.cards.onChange((card) => this.look(card));
  }

  add(injection: Omit<Injection, 'id' | 'restoredAt' | 'relapsedAt' | 'ownDelaySeconds'>): Injection {
    const full = { id: this.list.length + 1, ...injection, restoredAt: null, relapsedAt: null, ownDelaySeconds: 0 };
    this.index(full);
    this.market.store.put('injections', full.id, full);
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
    const card = this.market.cards.byOfferId(i.offerId);
    return card ? meaning(card, i.facet) : 'absent';
  }

  private look(card: Card): void {
    for (const i of this.of(card.offerId)) {
      const restored = this.isRestored(i);
      if (restored && i.restoredAt === null) {
        i.restoredAt = this.market.clock.now();
        i.ownDelaySeconds = card.lastTaskSeconds + card.lastModerationSeconds;
      } else if (!restored && i.restoredAt !== null && i.relapsedAt === null) {
        i.relapsedAt = this.market.clock.now();
      } else continue;
      this.market.store.put('injections', i.id, i);
    }
  }

  private index(injection: Injection): void {
    this.list.push(injection);
    const known = this.byOffer.get(injection.offerId);
    if (known) known.push(injection);
    else this.byOffer.set(injection.offerId, [injection]);
  }
}

/** The values to remember of a facet that is about to be scrambled. */
export function remembered(market: Market, card: Card, facet: FacetName): { beforeMeaning: string; beforeValue: unknown } {
  return { beforeMeaning: meaning(card, facet), beforeValue: structuredClone(facetValue(market, card, facet)) };
}
