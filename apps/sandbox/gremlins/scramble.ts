import { seeded, type Random } from '../random.js';
import { ECHOES } from '../echoes/echoes.js';
import { meaning } from '../ozon/meaning.js';
import { FACETS, type Card, type FacetName } from '../ozon/model.js';
import { noteWrite } from '../ozon/writes.js';
import type { Sandbox } from '../sandbox.js';
import * as facts from './facts.js';
import { remembered, type Injection, type InjectionView } from './injections.js';
import { DEFAULT_KINDS, type GremlinKind } from './kinds.js';
import * as photos from './photos.js';
import type { Gremlin, Strike } from './strike.js';
import { swap } from './swap.js';
import * as texts from './texts.js';

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

const SINGLE: Partial<Record<GremlinKind, Gremlin>> = {
  'photo-reordered': photos.photoReordered,
  'photo-lost': photos.photoLost,
  'photo-replaced': photos.photoReplaced,
  'not-buyable': facts.notBuyable,
  stock: facts.stockRaised,
  'attribute-lost': facts.attributeLost,
  'attribute-changed': facts.attributeChanged,
  'category-moved': facts.categoryMoved,
  'dimensions-changed': facts.dimensionsChanged,
  price: facts.priceDropped,
  gibberish: texts.gibberish,
  'text-changed': texts.textChanged,
  missing: facts.missing,
};
/** Kinds that few cards suit come first, so that they find theirs. */
const ORDER: readonly GremlinKind[] = ['photo-reordered', 'swapped', 'not-buyable', ...(Object.keys(SINGLE) as GremlinKind[]), 'orphan'];
const PARTNER_TRIES = 40;

/** Breaks cards the way a marketplace does, silently, never two ways on one card, and always in meaning. */
export function scramble(sandbox: Sandbox, order: ScrambleOrder): ScrambleResult {
  return new Scrambler(sandbox, order).run();
}

class Scrambler {
  private readonly random: Random;
  private readonly free: Card[];
  private readonly suitable: ReadonlySet<number>;
  private readonly used = new Set<number>();
  private readonly injected: Injection[] = [];

  constructor(
    private readonly sandbox: Sandbox,
    private readonly order: ScrambleOrder,
  ) {
    this.random = seeded(order.seed, 'scramble');
    this.free = this.random.shuffle(this.candidates());
    this.suitable = new Set(this.free.map((c) => c.productId));
  }

  run(): ScrambleResult {
    const quotas = this.quotas();
    for (const kind of new Set(ORDER)) this.strikeKind(kind, quotas.get(kind) ?? 0);
    // What a kind could not place (too few pictures, no stock) goes to kinds that suit nearly every card.
    const spare = [...quotas.keys()].filter((k) => k !== 'swapped' && k !== 'orphan' && k !== 'missing');
    for (const kind of this.random.shuffle(spare)) this.strikeKind(kind, Math.max(0, this.order.cards - this.injected.length));
    return {
      injected: this.injected.map((i) => this.sandbox.injections.view(i)),
      echoes: this.echo(this.order.echo_cards ?? 0),
    };
  }

  private candidates(): Card[] {
    const { market, tasks, injections } = this.sandbox;
    const allowed = this.order.offer_ids ? new Set(this.order.offer_ids) : undefined;
    const busy = tasks.busyOffers();
    const calm = (c: Card): boolean => c.sku !== 0 && !c.archived && !c.pending && !c.hidden && !c.stuck && !c.declined && !c.quarantined && !busy.has(c.offerId);
    return [...market.cards.all()].filter((c) => calm(c) && (!allowed || allowed.has(c.offerId)) && !injections.isOpen(c.offerId));
  }

  private quotas(): Map<GremlinKind, number> {
    const kinds = [...new Set(this.order.kinds ?? DEFAULT_KINDS)];
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
    const gremlin = SINGLE[kind];
    for (const card of this.free) {
      if (left <= (kind === 'swapped' ? 1 : 0)) return;
      if (this.used.has(card.productId)) continue;
      if (kind === 'swapped') left -= this.strikePair(card);
      else if (gremlin && this.strikeOne(kind, gremlin, card)) left--;
    }
  }

  private strikeOne(kind: GremlinKind, gremlin: Gremlin, card: Card): boolean {
    const draft = structuredClone(card);
    const strike = gremlin(this.sandbox.market, draft, this.random);
    if (!strike || !changesOnly(card, draft, strike.facet)) return false;
    this.commit(kind, card, draft, strike, '');
    return true;
  }

  private strikePair(a: Card): number {
    const { market } = this.sandbox;
    const variants = market.cards.variants(a).filter((c) => this.suitable.has(c.productId));
    for (let tried = 0; tried < PARTNER_TRIES; tried++) {
      const b = variants.length > 0 && tried < 4 ? this.random.pick(variants) : this.random.pick(this.free);
      if (b === a || this.used.has(b.productId)) continue;
      const [draftA, draftB] = [structuredClone(a), structuredClone(b)];
      const strike = swap(market, draftA, draftB, this.random);
      if (!strike || !changesOnly(a, draftA, strike.facet) || !changesOnly(b, draftB, strike.facet)) continue;
      this.commit('swapped', a, draftA, strike, b.offerId);
      this.commit('swapped', b, draftB, strike, a.offerId);
      return 2;
    }
    return 0;
  }

  private commit(kind: GremlinKind, card: Card, draft: Card, strike: Strike, partnerOfferId: string): void {
    const { market, injections } = this.sandbox;
    const before = remembered(market, card, strike.facet);
    Object.assign(card, draft);
    this.used.add(card.productId);
    this.injected.push(injections.add({ offerId: card.offerId, kind, facet: strike.facet, partnerOfferId, at: market.clock.now(), detail: strike.detail, ...before }));
    this.note(kind, card, strike.facet, before.beforeMeaning, meaning(card, strike.facet));
    market.cards.save(card);
  }

  private makeOrphan(): void {
    const { market, injections } = this.sandbox;
    const model = this.free.find((c) => !this.used.has(c.productId)) ?? this.free[0];
    if (!model) return;
    const card = structuredClone(model);
    card.productId = market.cards.newProductId();
    card.sku = card.productId + 1_000_000_000;
    card.offerId = `X-${this.random.int(100_000, 999_999)}-${card.productId % 1000}`;
    card.barcodes = [];
    texts.setTitle(card.live, `${card.live.name} (${this.random.pick(['копия', 'новый', 'дубль'])} ${this.random.int(2, 99)})`);
    card.createdAt = card.updatedAt = card.statusAt = market.clock.now();
    this.injected.push(
      injections.add({
        offerId: card.offerId,
        kind: 'orphan',
        facet: 'presence',
        partnerOfferId: '',
        at: card.createdAt,
        detail: 'a card nobody has',
        beforeMeaning: 'absent',
        beforeValue: 'absent',
      }),
    );
    this.note('orphan', card, 'presence', 'absent', 'listed');
    market.cards.save(card);
  }

  private note(kind: string, card: Card, facet: FacetName, before: string, after: string): void {
    noteWrite(this.sandbox.market, {
      key: 'gremlin',
      method: kind,
      taskId: 0,
      offerId: card.offerId,
      fullCard: false,
      revalidates: false,
      facets: [{ facet, before, after, echoes: false }],
    });
  }

  private echo(count: number): ScrambleResult['echoes'] {
    const { market } = this.sandbox;
    const done: ScrambleResult['echoes'] = [];
    for (const card of this.free) {
      if (done.length >= count) break;
      if (this.used.has(card.productId)) continue;
      const wanted = this.random.int(2, 4);
      const names: string[] = [];
      let shown = structuredClone(card);
      for (const name of this.random.shuffle(Object.keys(ECHOES))) {
        if (names.length >= wanted) break;
        const draft = structuredClone(shown);
        if (!ECHOES[name]?.(market, draft, this.random) || !meansTheSame(card, draft)) continue;
        shown = draft;
        names.push(name);
      }
      if (names.length < 2) continue;
      Object.assign(card, shown);
      market.cards.save(card);
      this.used.add(card.productId);
      done.push({ offer_id: card.offerId, echoes: names });
    }
    return done;
  }
}

/** The scramble changed what this facet means, and no other. */
function changesOnly(card: Card, draft: Card, facet: FacetName): boolean {
  return FACETS.every((f) => (meaning(card, f) !== meaning(draft, f)) === (f === facet));
}

function meansTheSame(card: Card, draft: Card): boolean {
  return FACETS.every((f) => meaning(card, f) === meaning(draft, f));
}
