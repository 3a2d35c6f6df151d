import type { Dimensions, PriceValue } from '#channels/contract';
import type { DriftKind, NamedDrift } from './kinds.js';

function drift(kind: DriftKind, paths: readonly string[]): NamedDrift | undefined {
  return paths.length === 0 ? undefined : { kind, cause: 'unknown', paths, confidence: 1 };
}

/** All of these answer undefined when nothing differs. */
export function nameCategoryDrift(desired: string, observed: string): NamedDrift | undefined {
  return drift('category-moved', desired === observed ? [] : ['category']);
}

export function nameDimensionsDrift(desired: Dimensions, observed: Dimensions): NamedDrift | undefined {
  const sides = ['length', 'width', 'height', 'weight'] as const;
  return drift(
    'dimensions-changed',
    sides.filter((side) => desired[side] !== observed[side]).map((side) => `dimensions.${side}`),
  );
}

/** The price first: it is what a buyer pays. */
export function namePriceDrift(desired: PriceValue, observed: PriceValue): NamedDrift | undefined {
  const parts = ['price', 'currency', 'old', 'min'] as const;
  return drift(
    'price',
    parts.filter((part) => desired[part] !== observed[part]).map((part) => `price.${part}`),
  );
}

export function nameStockDrift(desired: number, observed: number): NamedDrift | undefined {
  return drift('stock', desired === observed ? [] : ['stock']);
}

/** Only the barcodes we gave have to be there: channels add their own. */
export function nameBarcodesDrift(desired: readonly string[], observed: readonly string[]): NamedDrift | undefined {
  return drift('attribute-changed', desired.every((code) => observed.includes(code)) ? [] : ['barcodes']);
}
