import type { CardValues, Facet, PushCall, PushItem } from '#channels/contract';
import { articleOf } from './wildberries.card-keys.js';

/* What a card holds once and several listings, its sizes, want. */

/** Facets of the card, not of a size of it. */
const ONCE = ['category', 'title', 'description', 'media', 'dimensions'] as const satisfies readonly Facet[];

/** What a call is to make true, attributes that are to go as such without values. */
export function wishesOf({ values, dropAttributes = [] }: PushItem): CardValues {
  if (dropAttributes.length === 0) return values;
  return { ...values, attributes: { ...values.attributes, ...Object.fromEntries(dropAttributes.map((id) => [id, []])) } };
}

/** The path of what two sizes of one card want differently; undefined where they agree or do not speak of the same. */
export function disagreement(left: CardValues, right: CardValues): string | undefined {
  const facet = ONCE.find((name) => differ(left[name], right[name]));
  if (facet !== undefined) return facet;
  const id = Object.keys(left.attributes ?? {}).find((name) => differ(left.attributes?.[name], right.attributes?.[name]));
  return id === undefined ? undefined : `attributes.${id}`;
}

/** Values are canonical, so equal texts are equal values. */
function differ(left: unknown, right: unknown): boolean {
  return left !== undefined && right !== undefined && JSON.stringify(left) !== JSON.stringify(right);
}

/**
 * What the other sizes of the same card want, beside what the calls of this batch say for them. Those that are archived want nothing
 * any more.
 */
export function wishesOfOthers({ key, siblings = [] }: PushItem, batch: readonly PushCall[]): readonly CardValues[] {
  const sent = new Map(batch.map(({ item }) => [item.key, item.values]));
  return siblings
    .filter((other) => articleOf(other.key) === articleOf(key) && other.values.presence !== 'archived')
    .map((other) => Object.fromEntries(Object.entries(other.values).filter(([facet]) => !(facet in (sent.get(other.key) ?? {})))));
}

/** How many other sizes of the same card are archived and not in this batch. */
export function archivedBeside({ key, siblings = [] }: PushItem, batch: readonly PushCall[]): number {
  const sent = new Set(batch.map(({ item }) => item.key));
  return siblings.filter((other) => articleOf(other.key) === articleOf(key) && !sent.has(other.key) && other.values.presence === 'archived').length;
}
