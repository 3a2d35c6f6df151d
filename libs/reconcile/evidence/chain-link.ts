import { createHash } from 'node:crypto';

/** Raised when the text that is hashed changes; entries keep the format they were written in, named by the genesis of their account. */
export const CHAIN_FORMAT = 'etalon-evidence-1';

/** One link of a chain without its body. Hashes in lower-case hex, times in UTC with six decimals, ids in decimal text. */
export interface ChainLink {
  readonly accountId: string;
  readonly seq: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly kind: string;
  readonly listingId: string | null;
  readonly driftId: string | null;
  readonly intentId: string | null;
  readonly facet: string | null;
  /** sha256 of the body's canonical text. */
  readonly digest: string;
  readonly previous: string;
  readonly hash: string;
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What the first entry of an account has as its previous hash. */
export function genesisOf(accountId: string): string {
  return sha256(`${CHAIN_FORMAT}\naccount ${accountId}`);
}

/** A moment the way links write it. */
export function linkTime(moment: Date): string {
  return moment.toISOString().replace('Z', '000Z');
}

/**
 * The hash of a link: sha256 over the previous hash (32 bytes) and the UTF-8 of the JSON array
 * [format, account, seq, at, recordedAt, kind, listing, drift, intent, facet, body digest], everything text or null, without spaces.
 */
export function linkHash(link: Omit<ChainLink, 'hash'>): string {
  const header = JSON.stringify([
    CHAIN_FORMAT,
    link.accountId,
    link.seq,
    link.at,
    link.recordedAt,
    link.kind,
    link.listingId,
    link.driftId,
    link.intentId,
    link.facet,
    link.digest,
  ]);
  return createHash('sha256').update(Buffer.from(link.previous, 'hex')).update(header, 'utf8').digest('hex');
}
