import xxhash from 'xxhash-wasm';

const { h64 } = await xxhash();

/**
 * 64-bit fingerprint of a text as a signed decimal string, ready for a PostgreSQL bigint.
 * Used to notice change, never to prove identity: matches across listings are confirmed on documents.
 */
export function fingerprint(text: string): string {
  return fingerprintBits(text).toString();
}

/** The same as a signed 64-bit integer, for where many go over in binary. */
export function fingerprintBits(text: string): bigint {
  return BigInt.asIntN(64, h64(text));
}

/** Fingerprint of a value already projected into a fixed order (arrays, or objects built with fixed keys). */
export function fingerprintOf(projection: unknown): string {
  return fingerprint(JSON.stringify(projection));
}
