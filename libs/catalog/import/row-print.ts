import { fingerprint } from '#kernel';

/** What a row says, as 64 bits: the same again, under the same source, changes nothing. */
export function rowPrint(says: string): string {
  return fingerprint(says);
}

/** What the meaning of a row depends on beside itself: its part of the set, and header, mapping and options of the source. */
export function rowSource(part: string, signature: string): string {
  return fingerprint(`${part}\n${signature}`);
}
