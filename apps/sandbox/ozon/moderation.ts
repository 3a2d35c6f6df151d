import { seeded } from '../random.js';
import { contentError } from './content-errors.js';
import type { Market } from './market.js';
import { contentMeaning } from './meaning.js';
import { ATTR_DESCRIPTION, SAFE_ATTRIBUTES, type Attribute, type Card, type CardError, type Content } from './model.js';
import { beforeChange, isHeldBack } from './writes.js';

/** Puts accepted content on a card: at once when nothing in it needs a moderator, else after moderation. */
export function acceptContent(market: Market, card: Card, next: Content, accepted: { taskId: number; taskSeconds: number; warnings: CardError[]; revalidates: boolean }): void {
  const now = market.clock.now();
  const held = isHeldBack(card);
  if (accepted.revalidates && held) {
    card.stuck = false;
    card.hidden = '';
    card.statusAt = now;
  }
  const stale = accepted.revalidates ? [] : card.errors.filter((e) => e.level === 'ERROR_LEVEL_ERROR');
  card.errors = [...stale, ...accepted.warnings];
  card.updatedAt = now;
  card.lastTaskSeconds = accepted.taskSeconds;
  card.lastModerationSeconds = 0;
  const base = card.pending?.content ?? card.live;
  if (card.sku === 0 || needsModeration(base, next)) {
    const seconds = moderationSeconds(market, accepted.taskId, card.offerId);
    card.pending = {
      content: next,
      taskId: accepted.taskId,
      dueAt: now + seconds * 1000,
      declined: market.faults.declines(card.offerId),
    };
    card.lastModerationSeconds = seconds;
    if (card.sku === 0) card.live = structuredClone(next);
    card.statusAt = now;
    watchModeration(market, card);
  } else if (card.pending) {
    card.pending.content = next;
    applySafeParts(card.live, next);
  } else {
    card.live = next;
    card.declined = card.declined && !accepted.revalidates;
  }
  market.cards.save(card);
}

/** Plans the verdict of a card that waits; also after a restart. */
export function watchModeration(market: Market, card: Card): void {
  const { pending } = card;
  if (!pending) return;
  market.schedule.at(pending.dueAt, () => {
    if (card.pending === pending && market.cards.byProductId(card.productId) === card) giveVerdict(market, card);
  });
}

function giveVerdict(market: Market, card: Card): void {
  const { pending } = card;
  if (!pending) return;
  beforeChange(market, card);
  card.pending = null;
  card.statusAt = card.updatedAt = market.clock.now();
  if (pending.declined) {
    card.declined = true;
    card.errors = [...card.errors, contentError('DESCRIPTION_DECLINE', { state: 'moderated', field: 'attributes', attributeId: ATTR_DESCRIPTION, attributeName: 'Аннотация' })];
  } else {
    card.live = pending.content;
    card.declined = false;
    card.errors = card.errors.filter((e) => e.code !== 'DESCRIPTION_DECLINE');
    if (card.sku === 0) card.sku = card.productId + 1_000_000_000;
  }
  market.cards.save(card);
}

function moderationSeconds(market: Market, taskId: number, offerId: string): number {
  const [low, high] = market.cabinet.current.moderation_seconds;
  return seeded(market.seed(), 'moderation', taskId, offerId).int(low, high);
}

/** Texts, pictures, category and most attributes are looked at; sizes and the safe attributes are not. */
export function needsModeration(before: Content, after: Content): boolean {
  for (const facet of ['category', 'title', 'description', 'media'] as const) {
    if (contentMeaning(before, facet) !== contentMeaning(after, facet)) return true;
  }
  const looked = (c: Content): Content => ({ ...c, attributes: c.attributes.filter((a) => !SAFE_ATTRIBUTES.has(a.id)) });
  return contentMeaning(looked(before), 'attributes') !== contentMeaning(looked(after), 'attributes');
}

function applySafeParts(live: Content, next: Content): void {
  const { depth, width, height, dimensionUnit, weight, weightUnit } = next;
  Object.assign(live, { depth, width, height, dimensionUnit, weight, weightUnit });
  const safe = next.attributes.filter((a: Attribute) => SAFE_ATTRIBUTES.has(a.id));
  live.attributes = [...live.attributes.filter((a) => !SAFE_ATTRIBUTES.has(a.id)), ...structuredClone(safe)];
}
