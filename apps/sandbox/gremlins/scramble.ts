import type { Sandbox } from '../sandbox.js';
import type { InjectionView } from './injections.js';
import type { GremlinKind } from './kinds.js';

export interface ScrambleOrder {
  seed: string | number;
  kinds?: GremlinKind[];
  /** How many cards to scramble. */
  cards: number;
  /** How many other cards to change harmlessly, two ways or more each. */
  echo_cards?: number;
  /** Only these cards may be touched. */
  offer_ids?: string[];
  /** At least this many injections of every kind. */
  at_least_each?: number;
}

export interface ScrambleResult {
  injected: InjectionView[];
  echoes: { offer_id: string; echoes: string[] }[];
}

export function scramble(_sandbox: Sandbox, _order: ScrambleOrder): ScrambleResult {
  return { injected: [], echoes: [] };
}
