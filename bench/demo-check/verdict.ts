import type { RecordedDrift } from './database-view.js';
import type { Injected, LedgerEntry } from './sandbox-view.js';

export interface Verdict {
  readonly injected: number;
  readonly noticed: number;
  readonly named_right: number;
  readonly healed: number;
  readonly stayed_right: number;
  readonly false_alarms: number;
  readonly needless_touches: number;
  readonly evidence_records: number;
  /** Cards behind every figure that is not as expected, for the person who has to look. */
  readonly wrong: Readonly<Record<string, readonly string[]>>;
}

/** Facets that one trouble shows on together: an archived card cannot be bought either. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  'not-buyable': ['presence', 'status', 'price', 'stock'],
  price: ['price', 'status'],
  stock: ['stock', 'status'],
};

/** Compares what was injected and what is live (the sandbox's word) with what the hub noticed, named and wrote. Pure. */
export function judgeRun(injected: readonly Injected[], drifts: readonly RecordedDrift[], writes: readonly LedgerEntry[]): Verdict {
  // A card of some channels shows a whole model; the hub follows each of its variants.
  const on = (drift: RecordedDrift, one: Injected) => drift.key === one.offer_id || drift.model === one.offer_id;
  const about = (one: Injected) => drifts.filter((drift) => on(drift, one) && (drift.facet === one.facet || TOGETHER[one.kind]?.includes(drift.facet)));
  const isNamed = (one: Injected) => about(one).some((drift) => drift.kind === one.kind && (one.partner_offer_id === undefined || drift.partners.includes(one.partner_offer_id)));
  const explained = (drift: RecordedDrift) => injected.some((one) => on(drift, one) && (one.facet === drift.facet || TOGETHER[one.kind]?.includes(drift.facet)));
  const unnoticed = injected.filter((one) => about(one).length === 0);
  const misnamed = injected.filter((one) => !isNamed(one));
  const unhealed = injected.filter((one) => !one.restored);
  const relapsed = injected.filter((one) => !one.stayed);
  const alarms = drifts.filter((drift) => !explained(drift));
  const needless = writes
    .filter((entry) => entry.key === 'A')
    .flatMap((entry) => entry.facets.filter((facet) => facet.needless).map((facet) => `${entry.offer_id} ${facet.facet} by ${entry.method}`));
  const unproven = injected.filter((one) => about(one).every((drift) => drift.evidence === 0));
  const name = (one: Injected) =>
    `${one.offer_id} ${one.kind} ${one.facet}${one.partner_offer_id ? ` with ${one.partner_offer_id}` : ''}: ${
      about(one)
        .map((drift) => `${drift.facet} ${drift.kind} ${drift.state} [${drift.partners.join(', ')}]`)
        .join('; ') || 'nothing noticed'
    }`;
  return {
    injected: injected.length,
    noticed: injected.length - unnoticed.length,
    named_right: injected.length - misnamed.length,
    healed: injected.length - unhealed.length,
    stayed_right: injected.length - relapsed.length,
    false_alarms: alarms.length,
    needless_touches: needless.length,
    evidence_records: drifts.filter(explained).reduce((sum, drift) => sum + drift.evidence, 0),
    wrong: {
      unnoticed: unnoticed.map(name),
      misnamed: misnamed.map(name),
      unhealed: unhealed.map(name),
      relapsed: relapsed.map(name),
      alarms: alarms.map((drift) => `${drift.key} ${drift.facet} ${drift.kind} ${drift.cause} ${drift.state}`),
      needless,
      unproven: unproven.map(name),
    },
  };
}
