import type { Store } from '../store.js';
import { attributeText } from './meaning.js';
import { ATTR_BRAND, ATTR_MODEL, type Card, type Content } from './model.js';

/** Cards by id and article, in the order of their ids, with what was last serialised for each. */
export class CardBook {
  private readonly byId = new Map<number, Card>();
  private readonly byOffer = new Map<string, number>();
  private readonly bySku = new Map<number, number>();
  /** Ascending; new ids are always larger than every earlier one. */
  private ids: number[] = [];
  private readonly models = new Map<string, Set<number>>();
  private readonly modelOf = new Map<number, string>();
  private readonly rendered = new Map<number, Map<string, Buffer>>();
  /** What readers still see of a card whose writes are slow to show: null means "nothing yet". */
  private readonly shadows = new Map<number, { until: number; seen: Card | null }>();
  private readonly listeners: ((card: Card) => void)[] = [];
  private readonly standing = new Map<number, 'here' | 'archived' | 'removed'>();
  private readonly counts = { here: 0, archived: 0, removed: 0 };
  private nextId = 1;

  constructor(private readonly store: Store) {
    for (const card of store.all<Card>('cards')) this.index(card);
    this.ids.sort((a, b) => a - b);
    this.nextId = store.get<number>('meta', 'nextProductId') ?? 150_000_001;
  }

  /** How many positions there are, cards taken out of the lists included. */
  get positions(): number {
    return this.ids.length;
  }

  /** How many cards are neither archived nor taken out of the lists. */
  get listed(): number {
    return this.counts.here;
  }

  get archived(): number {
    return this.counts.archived;
  }

  newProductId(): number {
    const id = this.nextId++;
    this.store.put('meta', 'nextProductId', this.nextId);
    return id;
  }

  byProductId(id: number): Card | undefined {
    const card = this.byId.get(id);
    return card?.removed ? undefined : card;
  }

  byOfferId(offerId: string): Card | undefined {
    const id = this.byOffer.get(offerId);
    return id === undefined ? undefined : this.byProductId(id);
  }

  bySkuId(sku: number): Card | undefined {
    const id = this.bySku.get(sku);
    return id === undefined ? undefined : this.byProductId(id);
  }

  /** Also a card that was taken out of every list. */
  evenRemoved(offerId: string): Card | undefined {
    const id = this.byOffer.get(offerId);
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** Position of the first card whose id is greater than `productId`. */
  positionAfter(productId: number): number {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((this.ids[mid] ?? 0) <= productId) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  at(position: number): Card | undefined {
    const id = this.ids[position];
    return id === undefined ? undefined : this.byId.get(id);
  }

  *all(): Iterable<Card> {
    for (const id of this.ids) {
      const card = this.byId.get(id);
      if (card && !card.removed) yield card;
    }
  }

  /** Records that a card changed (or is new): persisted, re-indexed, serialised forms dropped, listeners told. */
  save(card: Card): void {
    const known = this.byId.get(card.productId);
    if (known) this.unindex(known);
    this.index(card);
    this.store.put('cards', card.productId, card);
    for (const listener of this.listeners) listener(card);
  }

  erase(card: Card): void {
    card.removed = true;
    for (const listener of this.listeners) listener(card);
    this.unindex(card);
    this.byId.delete(card.productId);
    this.ids = this.ids.filter((id) => id !== card.productId);
    if (this.byOffer.get(card.offerId) === card.productId) this.byOffer.delete(card.offerId);
    this.bySku.delete(card.sku);
    this.store.remove('cards', card.productId);
  }

  rename(card: Card, offerId: string): void {
    this.byOffer.delete(card.offerId);
    card.offerId = offerId;
    this.save(card);
  }

  onChange(listener: (card: Card) => void): void {
    this.listeners.push(listener);
  }

  /** Other cards of the same model: colour and size variants. */
  variants(card: Card): Card[] {
    const key = this.modelOf.get(card.productId);
    const group = key === undefined ? undefined : this.models.get(key);
    return [...(group ?? [])].flatMap((id) => (id === card.productId ? [] : (this.byProductId(id) ?? [])));
  }

  /** How many cards share the model name and brand, and a number that names the group. */
  model(card: Card): { model_id: number; count: number } {
    const key = this.modelOf.get(card.productId);
    const group = key === undefined ? undefined : this.models.get(key);
    const first = group ? Math.min(...group) : card.productId;
    return { model_id: first + 300_000_000, count: group?.size ?? 1 };
  }

  /** Serialised form of a card for one endpoint, kept until the card changes. */
  serialised(card: Card, form: string, render: (card: Card) => object): Buffer {
    let forms = this.rendered.get(card.productId);
    if (!forms) this.rendered.set(card.productId, (forms = new Map()));
    const shadow = this.shadows.get(card.productId);
    if (shadow) return Buffer.from(JSON.stringify(render(shadow.seen ?? card)));
    const known = forms.get(form);
    if (known) return known;
    const built = Buffer.from(JSON.stringify(render(card)));
    forms.set(form, built);
    return built;
  }

  /** Keeps what readers see of a card as it is now, until a channel moment; null hides a card that is not there yet. */
  shade(card: Card, until: number, isNew: boolean): void {
    if (this.shadows.has(card.productId)) return;
    this.shadows.set(card.productId, { until, seen: isNew ? null : structuredClone(card) });
  }

  /** The card as readers see it; undefined when writes that made it do not show yet. */
  visible(card: Card, now: number): Card | undefined {
    if (this.shadows.size === 0) return card;
    const shadow = this.shadows.get(card.productId);
    if (!shadow) return card;
    if (shadow.until <= now) {
      this.shadows.delete(card.productId);
      return card;
    }
    return shadow.seen ?? undefined;
  }

  reset(): void {
    for (const map of [this.byId, this.byOffer, this.bySku, this.models, this.modelOf, this.rendered, this.shadows, this.standing]) {
      map.clear();
    }
    this.ids = [];
    Object.assign(this.counts, { here: 0, archived: 0, removed: 0 });
    this.nextId = 150_000_001;
  }

  private index(card: Card): void {
    if (!this.byId.has(card.productId)) this.ids.push(card.productId);
    this.byId.set(card.productId, card);
    if (!card.removed || !this.byOffer.has(card.offerId)) this.byOffer.set(card.offerId, card.productId);
    if (card.sku) this.bySku.set(card.sku, card.productId);
    const standing = card.removed ? 'removed' : card.archived ? 'archived' : 'here';
    this.standing.set(card.productId, standing);
    this.counts[standing]++;
    const key = modelKey(card.live);
    this.modelOf.set(card.productId, key);
    let group = this.models.get(key);
    if (!group) this.models.set(key, (group = new Set()));
    group.add(card.productId);
    for (const id of group.size > 50 ? [card.productId] : group) this.rendered.delete(id);
  }

  private unindex(card: Card): void {
    const standing = this.standing.get(card.productId);
    if (standing) this.counts[standing]--;
    this.standing.delete(card.productId);
    const key = this.modelOf.get(card.productId);
    const group = key === undefined ? undefined : this.models.get(key);
    group?.delete(card.productId);
    if (group && group.size <= 50) for (const id of group) this.rendered.delete(id);
    this.rendered.delete(card.productId);
  }
}

function modelKey(content: Content): string {
  const brand = content.attributes.find((a) => a.id === ATTR_BRAND)?.values[0]?.dictionary_value_id ?? 0;
  return `${attributeText(content, ATTR_MODEL)}\u0000${brand}\u0000${content.typeId}`;
}
