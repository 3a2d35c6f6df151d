/** Reads answers of the hub for showing: never trusts a shape, never fails on a missing member. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = member(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = member(value, ...path);
  if (found === undefined || found === null) return '';
  return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? String(found) : JSON.stringify(found);
}

export function numberAt(value: unknown, ...path: readonly string[]): number {
  const found = member(value, ...path);
  return typeof found === 'number' ? found : 0;
}
