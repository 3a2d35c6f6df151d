import type { AttributeValue, FacetValues } from '#channels/contract';
import { garbling } from './garbling.js';
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

/** A free text (no dictionary id) that stands where another was, and is broken. */
function isBrokenText(desired: readonly AttributeValue[], observed: readonly AttributeValue[]): boolean {
  const meant = lacking(desired, observed);
  return lacking(observed, desired).some(
    (live, at) => live.id === undefined && garbling(live.text, (meant[at] ?? meant[0])?.text ?? desired.map(({ text }) => text).join(' ')).garbled,
  );
}

/**
 * Names a set of attributes that is not ours any more; undefined when every attribute we own is as wanted (what the channel
 * added by itself is not ours). The worst outranks the rest, and its paths come first: a broken text (`gibberish`), then a wrong
 * value, since it misleads (`attribute-changed`), then a missing one (`attribute-lost`).
 */
export function nameAttributesDrift(desired: Attributes, observed: Attributes): NamedDrift | undefined {
  const judged = Object.entries(desired).map(([id, values]) => {
    const live = observed[id] ?? [];
    const change = attributeChange(values, live);
    return { path: `attributes.${id}`, change: change === 'changed' && isBrokenText(values, live) ? ('broken' as const) : change };
  });
  const pathsOf = (kind: 'broken' | 'changed' | 'lost'): readonly string[] => judged.filter(({ change }) => change === kind).map(({ path }) => path);
  const [broken, changed, lost] = [pathsOf('broken'), pathsOf('changed'), pathsOf('lost')];
  const kind = broken.length > 0 ? 'gibberish' : changed.length > 0 ? 'attribute-changed' : lost.length > 0 ? 'attribute-lost' : undefined;
  return kind && { kind, cause: 'unknown', paths: [...broken, ...changed, ...lost], confidence: kind === 'gibberish' ? 0.9 : 1 };
}
