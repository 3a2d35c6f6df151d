import { currencyCode } from './onec-values.js';

type PriceTypes = ReadonlyMap<string, { readonly name: string; readonly currency?: string }>;

/**
 * Which of a base's price types is the price of the goods: the one that is asked for by name or id, else the retail price by its name,
 * else the first. A set that declares no types (prices sent alone) takes the first that it meets.
 */
export class PriceChoice {
  private chosen: string | undefined;
  private readonly told = new Set<string>();

  constructor(
    private readonly types: PriceTypes,
    private readonly currency: string,
    wanted?: string,
  ) {
    const ids = [...types.keys()];
    const byName = (fits: (name: string) => boolean): string | undefined => ids.find((id) => fits(types.get(id)?.name.toLowerCase() ?? ''));
    this.chosen =
      wanted === undefined ? (byName((name) => name.includes('рознич')) ?? ids[0]) : types.has(wanted) ? wanted : (byName((name) => name === wanted.toLowerCase()) ?? wanted);
  }

  /** Whether a price of this type is the one. */
  takes(type: string | undefined): boolean {
    this.chosen ??= type;
    return type === undefined || type === this.chosen;
  }

  /** The name of a type whose prices are left out, the first time it is met. */
  untold(type: string | undefined): string | undefined {
    if (type === undefined || this.told.has(type)) return undefined;
    this.told.add(type);
    return this.types.get(type)?.name ?? type;
  }

  currencyOf(type: string | undefined): string {
    return (type === undefined ? undefined : currencyCode(this.types.get(type)?.currency)) ?? this.currency;
  }
}
