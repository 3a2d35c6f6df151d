import type { Run } from './channel.js';

/** A message that arrived at our door: the body as it came, names of headers in lower case. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** A card by a name the channel uses: the seller's key, its id, or one of its further ids (then it may be several cards). */
export type CardName = { readonly key: string } | { readonly externalId: string } | { readonly id: { readonly name: string; readonly value: string } };

/** `nothing`: a greeting, or word of something that is no card. */
export type Hint = { readonly kind: 'forged' } | { readonly kind: 'nothing' } | { readonly kind: 'cards'; readonly cards: readonly CardName[] };

/** Where the channel shall deliver to, and what proves that it did. */
export interface HintAddress {
  readonly url: string;
  readonly secret: string;
}

/**
 * Channels that tell of changes by themselves. What they tell is never believed: it only makes the hub look at the named cards soon.
 * Pure; a delivery that the secret does not prove is `forged`, whatever it holds.
 */
export interface HintReader {
  read(delivery: Delivery, secret: string): Hint;
}

/** The subscription of a connected account. Both are repeatable, and touch only what delivers to that address. */
export interface HintSource {
  /**
   * Makes what is missing and switches on what the channel switched off because we did not answer; `renew` tells it the secret anew.
   * `paused`: a person switched it off there, and it stays so.
   */
  keep(address: HintAddress, renew: boolean, run: Run): Promise<'kept' | 'paused'>;
  remove(url: string, run: Run): Promise<void>;
}
