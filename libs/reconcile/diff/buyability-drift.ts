import { STATUS_CAUSES, type Presence, type StatusCause, type StatusValue } from '#channels/contract';
import type { NamedDrift } from './kinds.js';

/** One link of the chain by which a card cannot be bought, outermost first; `detail` is the channel's own word. */
export interface BuyabilityLink {
  readonly code: StatusCause;
  readonly detail?: string;
}

export interface NamedBuyabilityDrift extends NamedDrift {
  readonly chain: readonly BuyabilityLink[];
}

/** Outermost first, each cause once with the first detail given; an unexplained block is said to be unknown. */
export function causeChain(causes: StatusValue['causes']): readonly BuyabilityLink[] {
  const chain = STATUS_CAUSES.flatMap((code): readonly BuyabilityLink[] => {
    const same = causes.filter((cause) => cause.code === code);
    const detail = same.find((cause) => cause.detail !== undefined)?.detail;
    return same.length === 0 ? [] : [detail === undefined ? { code } : { code, detail }];
  });
  return chain.length > 0 ? chain : [{ code: 'unknown' }];
}

/** A card that should sell and does not. undefined when it sells, need not, or the channel's answer does not tell. */
export function nameStatusDrift(desired: StatusValue, observed: StatusValue): NamedBuyabilityDrift | undefined {
  if (desired.sellable !== true || observed.sellable !== false) return undefined;
  const chain = causeChain(observed.causes);
  return { kind: 'not-buyable', cause: 'unknown', paths: ['status'], confidence: chain[0]?.code === 'unknown' ? 0.7 : 1, chain };
}

/**
 * `missing`: wanted and gone. `not-buyable`: wanted and archived. `orphan`: live (or kept in the archive) though the master
 * wants none there, or wants it archived and it is offered. undefined when nothing differs, or an archived card is gone.
 */
export function namePresenceDrift(desired: Presence, observed: Presence): NamedBuyabilityDrift | undefined {
  const named = (kind: 'missing' | 'not-buyable' | 'orphan', chain: readonly BuyabilityLink[]): NamedBuyabilityDrift => ({
    kind,
    cause: 'unknown',
    paths: ['presence'],
    confidence: 1,
    chain,
  });
  if (desired === observed) return undefined;
  if (desired === 'listed') return observed === 'archived' ? named('not-buyable', [{ code: 'archived' }]) : named('missing', [{ code: 'not-created' }]);
  return observed === 'absent' ? undefined : named('orphan', []);
}
