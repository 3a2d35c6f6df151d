import { MAX_MINOR } from '../document/value-checks.js';

const FACTOR = /^(\d{1,3})(?:[.,](\d{1,6}))?$/;

/** An exact decimal factor from 0.01 to 100; undefined for anything else. */
export function parseFactor(text: string): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  const [, whole, fraction = ''] = FACTOR.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const denominator = 10n ** BigInt(fraction.length);
  const numerator = BigInt(whole + fraction);
  return numerator * 100n >= denominator && numerator <= 100n * denominator ? { numerator, denominator } : undefined;
}

/**
 * Multiplies minor units by an exact factor and rounds half up to whole steps of minor units; a price above 0 stays at least one step.
 * Undefined when the result is larger than any price may be.
 */
export function multiplyMinor(minor: number, factor: { readonly numerator: bigint; readonly denominator: bigint }, step = 1): number | undefined {
  const unit = BigInt(step) * factor.denominator;
  const steps = (2n * BigInt(minor) * factor.numerator + unit) / (2n * unit);
  const result = (steps === 0n && minor > 0 ? 1n : steps) * BigInt(step);
  return result > BigInt(MAX_MINOR) ? undefined : Number(result);
}
