import type { References } from './channel.js';

/** Something of the channel that a row of an account's rules may name. */
export interface RuleChoice {
  readonly id: string;
  /** As people read it, names from the root to the leaf joined by " / ". */
  readonly name: string;
}

/** What one table of an account's rules may name on the channel. */
export interface RuleChoices {
  /** Keys of the reference data that tells. */
  readonly needs: readonly string[];
  /** Empty while the reference data is not there. Pure. */
  list(references: References): readonly RuleChoice[];
}

/** Warehouses of the channel to which stock can be written now. */
export interface StockPlaces {
  /** Of these a rendering speaks. */
  readonly managed: readonly string[];
  /** These are left alone, once what we put there is taken back. */
  readonly others: readonly string[];
}
