import type { Dice } from './dice.js';
import type { MasterProduct } from './hub-door.js';

/** Who may touch which card: every card has one fate, so that what is found on it can be judged. */
export interface CardGroups {
  /** Changed harmlessly by the marketplace, by nobody else. */
  readonly echoed: readonly string[];
  /** Edited in the master only. */
  readonly edited: readonly string[];
  /** Scrambled by the marketplace only. */
  readonly scrambled: readonly string[];
  /** Written by a second program only. */
  readonly foreign: readonly string[];
  /** Everybody's. */
  readonly contested: readonly string[];
  /** Asked to be sold under their floor. */
  readonly floored: readonly string[];
  /** Its price is edited while an old page is on its way. */
  readonly late: string;
  /** What it says is declined by moderators once a round. */
  readonly declined: string;
  /** What it says is dropped on the way, twice a round. */
  readonly dropped: string;
}

const FLOORED = 2;

export function groupCards(products: readonly MasterProduct[], dice: Dice): CardGroups {
  const withFloor = dice.sample(
    products.filter((product) => product.document.minPrice !== undefined).map((product) => product.sku),
    FLOORED,
  );
  const rest = dice.shuffle(products.map((product) => product.sku).filter((sku) => !withFloor.includes(sku)));
  // Pictures of one card at least are turned round, so one with several stays to be edited.
  const several = rest.findIndex((sku) => products.some((product) => product.sku === sku && product.document.media.length > 1));
  rest.push(...rest.splice(several, several < 0 ? 0 : 1));
  const take = (share: number) => rest.splice(0, Math.max(3, Math.round(products.length * share)));
  const [late, declined, dropped] = rest.splice(0, 3);
  if (late === undefined || declined === undefined || dropped === undefined) throw new Error('There are no cards to group.');
  return { late, declined, dropped, floored: withFloor, echoed: take(0.15), scrambled: take(0.25), foreign: take(0.12), contested: take(0.1), edited: rest };
}
