import type { ChannelClock } from '../clock.js';
import { seeded, type Random } from '../random.js';
import { kindsOf, type Breakable, type Gremlin, type Strike } from './breakable.js';
import type { Injection, InjectionBook, InjectionView } from './injections.js';
import { DEFAULT_KINDS, type GremlinKind } from './kinds.js';

export interface ScrambleOrder {
  seed: string | number;
  kinds?: GremlinKind[];
  /** How many cards to scramble. */
  cards: number;
  /** How many other cards to change harmlessly, two ways or more each. */
  echo_cards?: number;
  /** Only these cards may be touched. */
  offer_ids?: string[];
  /** At least this many injections of every kind. */
  at_least_each?: number;
}

export interface ScrambleResult {
  injected: InjectionView[];
  echoes: { offer_id: string; echoes: string[] }[];
}

/** Kinds that few cards suit come first, so that they find theirs. */
const ORDER: readonly GremlinKind[] = [
  'photo-reordered',
  'swapped',
  'not-buyable',
  'photo-lost',
  'photo-replaced',
  'stock',
  'attribute-lost',
  'attribute-changed',
  'category-moved',
  'dimensions-changed',
  'price',
  'gibberish',
  'text-changed',
  'missing',
  'orphan',
];
/** Kinds that suit nearly no card more than once, or not any card. */
const NOT_SPARE: ReadonlySet<GremlinKind> = new Set(['swapped', 'orphan', 'missing']);
const PARTNER_TRIES = 40;

/** Breaks cards the way a marketplace does, silently, never two ways on one card, and always in meaning. */
export function scramble<Card extends object>(cards: Breakable<Card>, injections: InjectionBook<Card>, clock: ChannelClock, order: ScrambleOrder): ScrambleResult {
  return new Scrambler(cards, injections, clock, order).run();
}

class Scrambler<Card extends object> {
  private readonly random: Random;
  private readonly free: Card[];
  private readonly suitable: ReadonlySet<string>;
  private readonly used = new Set<string>();
  private readonly injected: Injection[] = [];

  constructor(
    private readonly cards: Breakable<Card>,
    private readonly injections: InjectionBook<Card>,
    private readonly clock: ChannelClock,
    private readonly order: ScrambleOrder,
  ) {
    this.random = seeded(order.seed, 'scramble');
    const allowed = order.offer_ids ? new Set(order.offer_ids) : undefined;
    const open = (key: string): boolean => injections.isOpen(key);
    const candidates = cards.calm().filter((card) => (!allowed || allowed.has(cards.keyOf(card))) && !open(cards.keyOf(card)));
    this.free = this.random.shuffle(candidates);
    this.suitable = new Set(this.free.map((card) => cards.keyOf(card)));
  }

  run(): ScrambleResult {
    const quotas = this.quotas();
    for (const kind of ORDER) this.strikeKind(kind, quotas.get(kind) ?? 0);
    // What a kind could not place (too few pictures, no stock) goes to kinds that suit nearly every card.
    const spare = [...quotas.keys()].filter((kind) => !NOT_SPARE.has(kind));
    for (const kind of this.random.shuffle(spare)) this.strikeKind(kind, Math.max(0, this.order.cards - this.injected.length));
    return { injected: this.injected.map((i) => this.injections.view(i)), echoes: this.echo(this.order.echo_cards ?? 0) };
  }

  private quotas(): Map<GremlinKind, number> {
    const kinds = [...new Set(this.order.kinds ?? kindsOf(this.cards, DEFAULT_KINDS))];
    const fair = Math.floor(this.order.cards / kinds.length);
    const floor = Math.min(this.order.at_least_each ?? Math.floor(fair / 2), fair);
    const quotas = new Map(kinds.map((k) => [k, floor]));
    if (quotas.has('swapped') && floor % 2 === 1) quotas.set('swapped', floor + 1 <= this.order.cards ? floor + 1 : floor - 1);
    const planned = (): number => [...quotas.values()].reduce((a, b) => a + b, 0);
    while (planned() < this.order.cards) {
      const kind = this.random.pick(kinds);
      const step = kind === 'swapped' ? 2 : 1;
      if (planned() + step <= this.order.cards) quotas.set(kind, (quotas.get(kind) ?? 0) + step);
      else if (kinds.length === 1) break;
    }
    return quotas;
  }

  private strikeKind(kind: GremlinKind, quota: number): void {
    let left = Math.min(quota, this.order.cards - this.injected.length);
    if (kind === 'orphan') {
      for (; left > 0; left--) this.makeOrphan();
      return;
    }
    const gremlin = this.cards.gremlins[kind];
    for (const card of this.free) {
      if (left <= (kind === 'swapped' ? 1 : 0)) return;
      if (this.used.has(this.cards.keyOf(card))) continue;
      if (kind === 'swapped') left -= this.strikePair(card);
      else if (gremlin && this.strikeOne(kind, gremlin, card)) left--;
    }
  }

  private strikeOne(kind: GremlinKind, gremlin: Gremlin<Card>, card: Card): boolean {
    const draft = structuredClone(card);
    const strike = gremlin(draft, this.random);
    if (!strike || !this.changesOnly(card, draft, strike.facet)) return false;
    this.commit(kind, card, draft, strike, '');
    return true;
  }

  private strikePair(a: Card): number {
    const { cards } = this;
    const variants = cards.variants(a).filter((c) => this.suitable.has(cards.keyOf(c)));
    for (let tried = 0; tried < PARTNER_TRIES; tried++) {
      const b = variants.length > 0 && tried < 4 ? this.random.pick(variants) : this.random.pick(this.free);
      if (b === a || this.used.has(cards.keyOf(b))) continue;
      const [draftA, draftB] = [structuredClone(a), structuredClone(b)];
      const strike = cards.swap?.(draftA, draftB, this.random);
      if (!strike || !this.changesOnly(a, draftA, strike.facet) || !this.changesOnly(b, draftB, strike.facet)) continue;
      this.commit('swapped', a, draftA, strike, cards.keyOf(b));
      this.commit('swapped', b, draftB, strike, cards.keyOf(a));
      return 2;
    }
    return 0;
  }

  private commit(kind: GremlinKind, card: Card, draft: Card, strike: Strike, partnerOfferId: string): void {
    const { cards } = this;
    const beforeMeaning = cards.meaning(card, strike.facet);
    const beforeValue = structuredClone(cards.value(card, strike.facet));
    Object.assign(card, draft);
    this.used.add(cards.keyOf(card));
    const { facet, detail } = strike;
    this.injected.push(this.injections.add({ offerId: cards.keyOf(card), kind, facet, partnerOfferId, at: this.clock.now(), detail, beforeMeaning, beforeValue }));
    cards.note(kind, card, facet, beforeMeaning, cards.meaning(card, facet));
    cards.save(card);
  }

  private makeOrphan(): void {
    const { cards } = this;
    const model = this.free.find((c) => !this.used.has(cards.keyOf(c))) ?? this.free[0];
    const card = model && cards.orphan?.(model, this.random);
    if (!card) return;
    const facts = {
      offerId: cards.keyOf(card),
      kind: 'orphan',
      facet: 'presence',
      partnerOfferId: '',
      detail: 'a card nobody has',
      beforeMeaning: 'absent',
      beforeValue: 'absent',
    } as const;
    this.injected.push(this.injections.add({ ...facts, at: this.clock.now() }));
    cards.note('orphan', card, 'presence', 'absent', 'listed');
    cards.save(card);
  }

  private echo(count: number): ScrambleResult['echoes'] {
    const { cards } = this;
    const done: ScrambleResult['echoes'] = [];
    for (const card of this.free) {
      if (done.length >= count) break;
      if (this.used.has(cards.keyOf(card))) continue;
      const { shown, names } = this.echoed(card);
      if (names.length < 2) continue;
      Object.assign(card, shown);
      cards.save(card);
      this.used.add(cards.keyOf(card));
      done.push({ offer_id: cards.keyOf(card), echoes: names });
    }
    return done;
  }

  private echoed(card: Card): { shown: Card; names: string[] } {
    const wanted = this.random.int(2, 4);
    const names: string[] = [];
    let shown = structuredClone(card);
    for (const name of this.random.shuffle(Object.keys(this.cards.echoes))) {
      if (names.length >= wanted) break;
      const draft = structuredClone(shown);
      if (!this.cards.echoes[name]?.(draft, this.random) || !this.meansTheSame(card, draft)) continue;
      shown = draft;
      names.push(name);
    }
    return { shown, names };
  }

  /** The scramble changed what this facet means, and no other. */
  private changesOnly(card: Card, draft: Card, facet: string): boolean {
    return this.cards.facets.every((f) => (this.cards.meaning(card, f) !== this.cards.meaning(draft, f)) === (f === facet));
  }

  private meansTheSame(card: Card, draft: Card): boolean {
    return this.cards.facets.every((f) => this.cards.meaning(card, f) === this.cards.meaning(draft, f));
  }
}
