import type { Diagnostic } from '#kernel';
import { sendId } from '#kernel';
import type { PriceValue, PushCall } from '#channels/contract';
import { articleOf } from './wildberries.card-keys.js';
import { cardOf, groupsOf, refusal, type Unit } from './wildberries.merged-calls.js';
import { BY_SIZE } from './wildberries.observe.js';
import { formOfCanonical } from './wildberries.price-form.js';
import { wishesOfOthers } from './wildberries.shared-values.js';

export interface PriceUnits {
  /** One price and discount for all sizes of a card. */
  readonly cards: readonly Unit[];
  /** The discount of cards whose sizes have prices of their own, and these prices. */
  readonly discounts: readonly Unit[];
  readonly sizes: readonly Unit[];
  readonly refused: ReadonlyMap<PushCall, readonly Diagnostic[]>;
}

/**
 * A card has one price, and goods let in for it one for each size; the discount is always the card's. Sizes that want what cannot be had
 * together are refused, those that are not in this batch reckoned in: a price of one would be the price of all.
 */
export function priceUnits(calls: readonly PushCall[]): PriceUnits {
  const cards: Unit[] = [];
  const discounts: Unit[] = [];
  const sizes: Unit[] = [];
  const refused = new Map<PushCall, readonly Diagnostic[]>();
  for (const group of groupsOf(calls, cardOf)) {
    const [first] = group;
    if (first === undefined) continue;
    const unit = { article: articleOf(first.item.key), calls: group };
    const others = wishesOfOthers(first.item, group).flatMap(({ price }) => price ?? []);
    const wanted = [...group.flatMap((call) => call.item.values.price ?? []), ...others];
    const bySize = first.item.ids['prices'] === BY_SIZE;
    // Sizes that nobody lists keep the prices they have.
    const whole = wanted.length >= Number(first.item.ids['sizes'] ?? 1);
    if (allEqual(wanted.map(formText)) && (whole || !bySize)) cards.push({ ...unit, body: first.body });
    else if (bySize && allEqual(wanted.map((price) => String(formOfCanonical(price).discount)))) {
      const { nmID, discount } = first.body as { readonly nmID: number; readonly discount: number };
      discounts.push({ ...unit, body: { nmID, discount } });
      for (const call of group) sizes.push({ ...unit, calls: [call], body: sizePrice(nmID, call) });
    } else for (const call of group) refused.set(call, refusal('price', 'wildberries.prices-differ-by-size'));
  }
  return { cards, discounts, sizes, refused };
}

function sizePrice(nmID: number, { item, body }: PushCall): object {
  return { nmID, sizeID: sendId(item.ids['chrt'] ?? ''), price: (body as { readonly price: number }).price };
}

function formText(price: PriceValue): string {
  const { price: whole, discount } = formOfCanonical(price);
  return `${whole} ${discount}`;
}

const allEqual = (texts: readonly string[]): boolean => new Set(texts).size <= 1;
