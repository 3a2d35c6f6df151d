export type Tell = (line: string) => void;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('A median needs at least one value.');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The value below which a share (0..1) of all lies; the largest for 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/**
 * Runs every variant once a round, each round starting with another one, so that whatever the machine does meanwhile falls on all.
 * Answers the figures of each variant by round.
 */
export async function interleaved<Name extends string>(
  rounds: number,
  variants: Readonly<Record<Name, () => Promise<number>>>,
  beforeRound: (round: number) => Promise<void> = () => Promise.resolve(),
): Promise<Record<Name, number[]>> {
  const names = Object.keys(variants) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    await beforeRound(round);
    for (let place = 0; place < names.length; place++) {
      const name = names[(place + round) % names.length];
      if (name !== undefined) figures[name].push(await variants[name]());
    }
  }
  return figures;
}

/** Median of the ratios taken within each round. */
export function medianRatio(of: readonly number[], to: readonly number[]): number {
  return median(of.map((value, round) => value / (to[round] ?? NaN)));
}
