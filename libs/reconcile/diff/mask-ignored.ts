import type { Facet, FacetValue } from '#channels/contract';

/**
 * Is `path` covered by an ignore rule? A rule names a facet ("media"), a field ("attributes.10096", "price.old"), or all fields
 * of one ("attributes.*").
 */
export function isIgnored(path: string, ignoredPaths: readonly string[]): boolean {
  return ignoredPaths.some((rule) => {
    const stem = rule.endsWith('.*') ? rule.slice(0, -2) : rule;
    return path === rule || path === stem || path.startsWith(`${stem}.`);
  });
}

/**
 * What is left of a value to take a fingerprint from: without ignored paths, and without attributes that `owned` (the desired
 * value) does not have. Key order is kept. undefined: the whole facet is ignored.
 * Lists (`media`, `barcodes`) are ignored as a whole or not at all: a place in a list says nothing about what stands there.
 */
export function maskIgnored<V extends FacetValue>(facet: Facet, value: V, ignoredPaths: readonly string[], owned?: FacetValue): V | Partial<V> | undefined {
  if (ignoredPaths.some((rule) => rule === facet || rule === `${facet}.*`)) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const ours = facet === 'attributes' && typeof owned === 'object' ? new Set(Object.keys(owned)) : undefined;
  const kept = Object.entries(value).filter(([key]) => !isIgnored(`${facet}.${key}`, ignoredPaths) && (ours?.has(key) ?? true));
  // Entries taken from a V leave at most fewer of its keys.
  return Object.fromEntries(kept) as Partial<V>;
}
