const NAMES = new Set(['offerId', 'offerIds', 'sku', 'offer_id']);

/** The articles that a body or a query speaks of, by whatever name. */
export function articlesIn(...values: unknown[]): string[] {
  const found = new Set<string>();
  const walk = (name: string, value: unknown): void => {
    if (Array.isArray(value)) value.forEach((item) => walk(name, item));
    else if (typeof value === 'object' && value !== null) for (const [member, inner] of Object.entries(value)) walk(member, inner);
    else if (NAMES.has(name) && typeof value === 'string') found.add(value.trim());
  };
  values.forEach((value) => walk('', value));
  return [...found];
}
