const DEEPEST = 64;

/** Whether a parsed body nests deeper than anything of ours does; looked at without recursion. */
export function tooDeep(body: unknown, deepest = DEEPEST): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null && !Buffer.isBuffer(value) ? Object.values(value) : []));
  }
  return false;
}
