import type { AttributeValue, FacetValues } from '#channels/contract';
import type { NamedDrift } from './kinds.js';
import { looseText } from './loose-text.js';

export type Attributes = FacetValues['attributes'];

/** Dictionary ids decide where both sides have one (a renamed value keeps its id); else what a reader sees. */
export function isSameAttributeValue(left: AttributeValue, right: AttributeValue): boolean {
  if (left.id !== undefined && right.id !== undefined) return left.id === right.id;
  return left.text.trim() === right.text.trim() || (looseText(left.text) !== '' && looseText(left.text) === looseText(right.text));
}

const lacking = (wanted: readonly AttributeValue[], there: readonly AttributeValue[]): readonly AttributeValue[] =>
  wanted.filter((value) => !there.some((other) => isSameAttributeValue(value, other)));

/** What became of one attribute we own; values are a set. */
export function attributeChange(desired: readonly AttributeValue[], observed: readonly AttributeValue[]): 'same' | 'lost' | 'changed' {
  if (lacking(observed, desired).length > 0) return 'changed';
  return lacking(desired, observed).length > 0 ? 'lost' : 'same';
}

/**
 * Names a set of attributes that is not ours any more; undefined when every attribute we own is as wanted (what the channel
 * added by itself is not ours). A wrong value outranks a missing one, since it misleads: with both, the kind is
 * `attribute-changed`, and the changed paths come first.
 */
export function nameAttributesDrift(desired: Attributes, observed: Attributes): NamedDrift | undefined {
  const judged = Object.entries(desired).map(([id, values]) => ({ path: `attributes.${id}`, change: attributeChange(values, observed[id] ?? []) }));
  const changed = judged.filter(({ change }) => change === 'changed').map(({ path }) => path);
  const lost = judged.filter(({ change }) => change === 'lost').map(({ path }) => path);
  if (changed.length + lost.length === 0) return undefined;
  return { kind: changed.length > 0 ? 'attribute-changed' : 'attribute-lost', cause: 'unknown', paths: [...changed, ...lost], confidence: 1 };
}
