import type { FaultBoard } from '../faults/board.js';
import type { InjectionView } from '../gremlins/injections.js';
import type { GremlinKind } from '../gremlins/kinds.js';
import type { ScrambleOrder, ScrambleResult } from '../gremlins/scramble.js';
import type { Ledger } from '../ledger.js';
import type { Stats } from '../stats.js';

/** What a market lends to its control surface. Orders have passed the JSON schemas made from `cabinetShape` and the kinds. */
export interface MarketControl {
  /** JSON schema of what may be set of the cabinet: keys, limits, delays. */
  readonly cabinetShape: object;
  /** Changes the cabinet; the order fits `cabinetShape`. */
  setCabinet(change: object): void;
  /** The cabinet readably: keys with their expiry, limits. What the demo needs to connect an account is in it. */
  cabinet(): object;
  /** What a seller copies from the cabinet into a hub's form to connect the account, the API's address included. */
  connection(): Readonly<Record<string, string>>;
  /** Puts finished cards straight into the store, without any request. */
  addCards(count: number, seed: string): void;
  counts(): { cards: number; archived: number };
  /** One line a card, in a fixed order, from a cursor on ("" is the start; an empty cursor back: no more). */
  page(cursor: string, limit: number): { cards: object[]; cursor: string };
  /** The whole truth about one card, also one taken out of every list. */
  card(offerId: string): object | undefined;
  /** What a person does to one card in the seller's cabinet, by name (`POST /cards/:key/<name>`): false when there is no such card. */
  readonly actions: Readonly<Record<string, (offerId: string) => boolean>>;
  readonly faultKinds: readonly string[];
  readonly faults: FaultBoard;
  /** What faults left behind is taken back: revoked keys work again. */
  forgive(): void;
  readonly gremlinKinds: readonly GremlinKind[];
  /** Why the other kinds cannot happen here, for whoever asks for them. */
  readonly notSuffered?: Readonly<Partial<Record<GremlinKind, string>>>;
  scramble(order: ScrambleOrder): ScrambleResult;
  injected(): InjectionView[];
  readonly ledger: Ledger;
  readonly stats: Stats;
  /** Further figures of the market: what it refused, tasks that run. */
  figures(): object;
}
