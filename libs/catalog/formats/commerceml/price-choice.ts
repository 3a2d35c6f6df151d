import { currencyCode } from './onec-values.js';

type PriceTypes = ReadonlyMap<string, { readonly name: string; readonly currency?: string }>;

/**
 * Which of a base's price types is the price of the goods: the one that is asked for by name or id, else the retail price by its name,
 * else the first. A set that declares no types (prices sent alone) takes the first that it meets.
 */
export class PriceChoice {
  private chosen: string | undefined;
  private readonly told = new Set<string>();
  private toldUnknown = false;

  constructor(
    private readonly types: PriceTypes,
    private readonly currency: string,
    private readonly wanted?: string,
  ) {}

  /** Whether a price of this type is the one. Types that the set declares are known by the time its first price is read. */
  takes(type: string | undefined): boolean {
    this.chosen ??= this.choice() ?? type;
    return type === undefined || type === this.chosen;
  }

  private choice(): string | undefined {
    const { wanted } = this;
    if (wanted === undefined) return this.byName((name) => name.includes('рознич')) ?? this.types.keys().next().value;
    return this.types.has(wanted) ? wanted : (this.byName((name) => name === wanted.toLowerCase()) ?? wanted);
  }

  private byName(fits: (name: string) => boolean): string | undefined {
    return [...this.types].find(([, { name }]) => fits(name.toLowerCase()))?.[0];
  }

  /** What was asked for and what there is, once, when no type of the set is the one asked for. */
  untoldWish(): { readonly type: string; readonly known: string } | undefined {
    if (this.wanted === undefined || this.toldUnknown || this.types.size === 0 || this.types.has(this.choice() ?? '')) return undefined;
    this.toldUnknown = true;
    return {
      type: this.wanted,
      known: [...this.types.values()]
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 300),
    };
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
