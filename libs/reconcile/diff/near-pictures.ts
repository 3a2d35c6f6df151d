/** A 64-bit perceptual hash is a signed decimal text here, as PostgreSQL's bigint prints it. */
const BAND_BITS = 16;
/** Same picture after half size or re-encoding stays well under this; what is near still needs the colour comparison. */
export const NEAR_BITS = 7;

function bits(value: bigint): number {
  let rest = BigInt.asUintN(64, value);
  let count = 0;
  for (; rest > 0n; rest &= rest - 1n) count++;
  return count;
}

/** In how many of the 64 bits two hashes differ. */
export function hashDistance(left: string, right: string): number {
  return bits(BigInt(left) ^ BigInt(right));
}

/** The four 16-bit parts of a hash, lowest first: the columns an index is kept on. Hashes within 3 bits share one of them. */
export function bandsOf(phash: string): readonly [number, number, number, number] {
  const value = BigInt.asUintN(64, BigInt(phash));
  const band = (at: number): number => Number((value >> BigInt(at * BAND_BITS)) & 0xffffn);
  return [band(0), band(1), band(2), band(3)];
}

/**
 * For each band, the value itself and every value one bit away: four `band = ANY(…)` lookups that miss no hash within
 * `NEAR_BITS` (7 bits over 4 bands leave some band with at most one).
 */
export function bandProbesOf(phash: string): readonly (readonly number[])[] {
  return bandsOf(phash).map((band) => [band, ...Array.from({ length: BAND_BITS }, (_, bit) => band ^ (1 << bit))]);
}

/** The candidates within `threshold` bits of a picture, nearest first; candidates keep their further fields. */
export function nearPictures<C extends { readonly phash: string }>(phash: string, candidates: readonly C[], threshold = NEAR_BITS): readonly (C & { readonly distance: number })[] {
  return candidates
    .map((candidate) => ({ ...candidate, distance: hashDistance(phash, candidate.phash) }))
    .filter(({ distance }) => distance <= threshold)
    .sort((left, right) => left.distance - right.distance);
}
