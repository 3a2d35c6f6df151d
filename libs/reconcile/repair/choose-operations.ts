import type { Facet, WriteOperation } from '#channels/contract';

/** A card's facets that may be sent now, and what else matters for choosing calls. */
export interface Choice {
  readonly sendable: ReadonlySet<Facet>;
  /** Facets covered by an intent that has not ended. */
  readonly busy: ReadonlySet<Facet>;
  /** Facets a creating call would need but that are held, refused or not rendered. */
  readonly blocked: ReadonlySet<Facet>;
  readonly presence: 'listed' | 'archived' | 'absent' | 'unknown';
  readonly exists: boolean;
  /** Facets of which something shown has to go, not only to be set. */
  readonly removes?: ReadonlySet<Facet>;
}

export interface ChosenOperation {
  readonly operation: WriteOperation;
  /** Facets this call makes true; the rest of its write set is carried. */
  readonly facets: readonly Facet[];
}

/** Whether a call can bring a facet to what is wanted of this card. */
type Sets = (operation: WriteOperation, facet: Facet) => boolean;

/**
 * The cheapest calls that cover what must change: those that replace least first. A card that does not exist gets one creating call;
 * an archived one is brought back before anything else. No two chosen calls overlap, and none overlaps a call in flight.
 */
export function chooseOperations(operations: readonly WriteOperation[], choice: Choice): ChosenOperation[] {
  if (!choice.exists) return create(operations, choice);
  const open = new Set([...choice.sendable].filter((facet) => !choice.busy.has(facet)));
  const usable = operations.filter((operation) => operation.when === undefined || operation.when === choice.presence);
  const sets = (operation: WriteOperation, facet: Facet) => operation.writes.includes(facet) && !(operation.onlyAdds?.includes(facet) && choice.removes?.has(facet));
  // What a call sets in part rides along, and is never why it is made.
  const completes = (operation: WriteOperation, facet: Facet) => sets(operation, facet) && !operation.partly?.includes(facet);
  if (choice.presence === 'archived' && open.has('presence')) {
    const back = usable.find((operation) => operation.when === 'archived' && operation.writes.includes('presence'));
    return back ? [{ operation: back, facets: ['presence'] }] : [];
  }
  const narrow = cover(usable, completes, open, choice.busy, []);
  const covered = new Set(narrow.flatMap((one) => one.facets));
  const left = new Set([...open].filter((facet) => !covered.has(facet)));
  // What only a wide call can set was shut out by narrow ones chosen before it: it goes first, and takes along what it can.
  const wide = cheapest(usable, completes, left, choice.busy);
  if (!wide) return mergeIntoWider(narrow);
  return mergeIntoWider(cover(usable, completes, open, choice.busy, [{ operation: wide.operation, facets: [...open].filter((facet) => sets(wide.operation, facet)) }]));
}

/** Calls that set as much of `open` as can be set beside each other, the narrowest first, after those already `chosen`. */
function cover(operations: readonly WriteOperation[], sets: Sets, open: ReadonlySet<Facet>, busy: ReadonlySet<Facet>, chosen: readonly ChosenOperation[]): ChosenOperation[] {
  const all = [...chosen];
  const taken = new Set<Facet>(busy);
  const left = new Set(open);
  const take = ({ operation, facets }: ChosenOperation) => {
    for (const facet of [...operation.replaces, ...facets]) {
      taken.add(facet);
      left.delete(facet);
    }
  };
  for (const one of chosen) take(one);
  for (let next = cheapest(operations, sets, left, taken); next; next = cheapest(operations, sets, left, taken)) {
    all.push(next);
    take(next);
  }
  return all;
}

function create(operations: readonly WriteOperation[], choice: Choice): ChosenOperation[] {
  if (!choice.sendable.has('presence') || choice.busy.size > 0) return [];
  const operation = operations.find((candidate) => candidate.creates);
  if (!operation || operation.writes.some((facet) => choice.blocked.has(facet))) return [];
  return [{ operation, facets: [...operation.writes.filter((facet) => !operation.partly?.includes(facet)), 'presence', 'status'] }];
}

/** Of the calls that can set an open facet: the one that replaces least beyond it, then the one that sets most. */
function cheapest(operations: readonly WriteOperation[], sets: Sets, open: ReadonlySet<Facet>, taken: ReadonlySet<Facet>): ChosenOperation | undefined {
  let best: ChosenOperation | undefined;
  let bestCost = Infinity;
  for (const operation of operations) {
    const facets = operation.writes.filter((facet) => open.has(facet) && sets(operation, facet));
    if (facets.length === 0 || operation.replaces.some((facet) => taken.has(facet))) continue;
    const beyond = operation.replaces.filter((facet) => !facets.includes(facet)).length;
    const cost = beyond * 100 - facets.length;
    if (cost < bestCost) {
      best = { operation, facets };
      bestCost = cost;
    }
  }
  return best;
}

/** When a call that replaces the whole card is needed anyway, what it can set rides along instead of going twice. */
function mergeIntoWider(chosen: readonly ChosenOperation[]): ChosenOperation[] {
  const wide = chosen.find(({ operation, facets }) => operation.replaces.some((facet) => !facets.includes(facet)));
  if (!wide) return [...chosen];
  const rides = (facet: Facet) => wide.operation.writes.includes(facet);
  const rest = chosen.filter((one) => one !== wide && !one.facets.every(rides));
  const merged = chosen.filter((one) => one !== wide && one.facets.every(rides)).flatMap((one) => one.facets);
  return [{ operation: wide.operation, facets: [...new Set([...wide.facets, ...merged])] }, ...rest];
}
