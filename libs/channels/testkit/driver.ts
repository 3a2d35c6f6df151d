import type { Clock } from '#kernel';
import type { Budget, CardValues, ChannelModule, Delivery, Facet, HttpPort } from '#channels/contract';

export type HttpCall = Parameters<HttpPort['request']>[0];
export type HttpAnswer = Awaited<ReturnType<HttpPort['request']>>;

/** A write as the market applied it, whether or not its answer arrived. */
export interface AppliedWrite {
  readonly key: string;
  /** It made a difference to the card. */
  readonly changed: boolean;
}

/** Values to send and the call that sends them. */
export interface Change {
  readonly operation: string;
  readonly values: CardValues;
  readonly mediaUrls?: readonly string[];
}

/** One way the channel says "too much", in its own words. */
export interface ThrottleAnswer {
  /** Status and what tells the wait ("429 Retry-After", "420 no header", "409"). */
  readonly name: string;
  readonly answer: HttpAnswer;
}

/** What a channel that overwrites whole cards must not lose. */
export interface Overwriting {
  readonly change: Change;
  /** Puts something on the live card that no facet speaks of. */
  plant(key: string): Promise<void>;
  intact(key: string): Promise<boolean>;
}

/** How the channel tells of a change by itself. */
export interface Telling {
  readonly secret: string;
  /** What arrives when this card changed, signed with `secret`. */
  deliver(key: string, externalId: string): Delivery;
}

/** Pictures sent by URL and shown by the channel under its own. */
export interface Rehosting {
  readonly change: Change;
  /** The digests of `change`, in order. */
  readonly digests: readonly string[];
}

/**
 * How the suite drives one channel and the market behind it. The market is calm, its limits are on, and it already shows `cards`:
 * listed, with a price, more of them than the smallest page of any sweep holds.
 */
export interface Driver {
  readonly module: ChannelModule;
  readonly config: Readonly<Record<string, string>>;
  /** Texts of `config` that nobody may ever read. */
  readonly secrets: readonly string[];
  readonly http: HttpPort;
  readonly clock: Clock;
  /** A fresh budget of an account with the descriptor's buckets. */
  budget(): Budget;
  /** Articles of cards, at least six. */
  readonly cards: readonly string[];
  /** An article no card has. */
  readonly nobody: string;
  /** Every write applied so far, in order. */
  applied(): Promise<readonly AppliedWrite[]>;
  /** Moves channel time until nothing is underway and every write shows. */
  settle(): Promise<void>;
  /** The n-th value of something one call can set; different n, different value. */
  change(n: number): Change;
  /** A change that the channel refuses for its value, by the same call as `change`, and the facet its complaint is about. */
  readonly refused: Change & { readonly facet: Facet };
  readonly throttles: readonly ThrottleAnswer[];
  /** What a revoked key is answered. */
  readonly revoked: HttpAnswer;
  /** undefined: no call of this channel replaces more than it sets. */
  readonly overwriting?: Overwriting;
  readonly rehosting?: Rehosting;
  /** Owed by channels with `hints`. */
  readonly hints?: Telling;
  /** Sweeps of this channel name the same card in one read only once, however large: undefined when every lane is one page. */
  readonly pages: 'many' | 'one';
  close(): Promise<void>;
}
