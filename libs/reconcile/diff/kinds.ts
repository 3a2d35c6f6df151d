/** What a drift is, in the order of harm: a card that shows another product is worse than one that shows less. */
export const DRIFT_KINDS = [
  'swapped',
  'gibberish',
  'photo-lost',
  'photo-replaced',
  'photo-reordered',
  'category-moved',
  'attribute-lost',
  'attribute-changed',
  'text-changed',
  'dimensions-changed',
  'price',
  'stock',
  'not-buyable',
  'missing',
  'orphan',
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/**
 * Whose doing: `ours` the live value is what our last write carried, `ours-older` it is an earlier revision of the same
 * listing, `outside` it was verified equal after our last write and changed since, `unknown` nothing proves either.
 */
export const DRIFT_CAUSES = ['ours', 'ours-older', 'outside', 'unknown'] as const;
export type DriftCause = (typeof DRIFT_CAUSES)[number];

/** Another card whose content is shown. */
export interface DriftPartner {
  readonly listingId: string;
  readonly sku: string;
}

/** What every namer answers. `paths` are the fields that differ, worst first; `confidence` is between 0 and 1. */
export interface NamedDrift {
  readonly kind: DriftKind;
  readonly cause: DriftCause;
  readonly paths: readonly string[];
  readonly confidence: number;
  readonly partners?: readonly DriftPartner[];
  /** The earlier own revision that is live, with cause `ours-older`. */
  readonly revision?: number;
}
