import type { CardValues, Facet, PushCall, PushItem } from '#channels/contract';
import { articleOf } from './wildberries.card-keys.js';

/* What a card holds once and several listings, its sizes, want. */

/** Facets of the card, not of a size of it. */
const ONCE = ['category', 'title', 'description', 'media', 'dimensions'] as const satisfies readonly Facet[];

const ATTRIBUTE = 'attributes.';

/** What a call is to make true, attributes that are to go as such without values. */
export function wishesOf({ values, dropAttributes = [] }: PushItem): CardValues {
  if (dropAttributes.length === 0) return values;
  return { ...values, attributes: { ...values.attributes, ...Object.fromEntries(dropAttributes.map((id) => [id, []])) } };
}

/** The paths of what two sizes of one card want differently; none where they agree or do not speak of the same. */
export function disagreements(left: CardValues, right: CardValues): readonly string[] {
  const facets = ONCE.filter((name) => differ(left[name], right[name]));
  const ids = Object.keys(left.attributes ?? {}).filter((name) => differ(left.attributes?.[name], right.attributes?.[name]));
  return [...facets, ...ids.map((id) => `${ATTRIBUTE}${id}`)];
}

/** Values without what stands under these paths. */
export function withoutPaths(values: CardValues, paths: readonly string[]): CardValues {
  const gone = new Set(paths);
  const { attributes, ...others }: CardValues = Object.fromEntries(Object.entries(values).filter(([facet]) => !gone.has(facet)));
  if (attributes === undefined) return others;
  const left = Object.entries(attributes).filter(([id]) => !gone.has(`${ATTRIBUTE}${id}`));
  return left.length === 0 ? others : { ...others, attributes: Object.fromEntries(left) };
}

/** Values are canonical, so equal texts are equal values. */
function differ(left: unknown, right: unknown): boolean {
  return left !== undefined && right !== undefined && JSON.stringify(left) !== JSON.stringify(right);
}

/**
 * What the other sizes of the same card want, beside what the calls of this batch say for them. Those that are archived want nothing
 * any more, and a wish that was refused counts no more until it changes; but for prices, where that of one would be that of all.
 */
export function wishesOfOthers({ key, siblings = [] }: PushItem, batch: readonly PushCall[]): readonly CardValues[] {
  const sent = new Map(batch.map(({ item }) => [item.key, item.values]));
  return siblings
    .filter((other) => articleOf(other.key) === articleOf(key) && other.values.presence !== 'archived')
    .map(({ key: other, values, refused = [] }) => withoutPaths(values, [...Object.keys(sent.get(other) ?? {}), ...refused.filter((path) => path !== 'price')]));
}

/** How many other sizes of the same card are archived and not in this batch. */
export function archivedBeside({ key, siblings = [] }: PushItem, batch: readonly PushCall[]): number {
  const sent = new Set(batch.map(({ item }) => item.key));
  return siblings.filter((other) => articleOf(other.key) === articleOf(key) && !sent.has(other.key) && other.values.presence === 'archived').length;
}
