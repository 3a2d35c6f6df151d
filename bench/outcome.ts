/** One line of the report: `ratio` is what `goal` bounds; `value` and `floor` share `unit`. */
export interface Outcome {
  readonly name: string;
  readonly value: number;
  readonly floor: number;
  readonly ratio: number;
  readonly goal: number;
  readonly unit: string;
  readonly ok: boolean;
  /** The ratio by processor time of both processes, where it was taken: what else the machine does bends it less. No goal bounds it. */
  readonly processor?: number;
}

interface Measured {
  readonly name: string;
  readonly value: number;
  readonly floor: number;
  /** Median of the ratios of single rounds, when rounds were taken; else value ÷ floor. */
  readonly ratio?: number;
  readonly goal: number;
  readonly unit: string;
  /** What must hold beside the ratio. */
  readonly also?: boolean;
  readonly processor?: number;
}

const digits = (value: number): number => Number(value.toPrecision(4));

/** Judges a measurement on the unrounded figures. */
export function outcome({ name, value, floor, ratio = value / floor, goal, unit, also = true, processor = NaN }: Measured): Outcome {
  return {
    name,
    value: digits(value),
    floor: digits(floor),
    ratio: digits(ratio),
    goal,
    unit,
    ok: ratio <= goal && also,
    ...(!Number.isNaN(processor) && { processor: digits(processor) }),
  };
}
