/** Fewer words than this in another order is somebody's editing ("Bosch чайник"), not scrambling. */
const FEWEST_WORDS = 6;
/** A moved paragraph keeps its neighbours; a shuffle keeps almost none. */
const KEPT_NEIGHBOURS = 0.35;

const counted = (items: readonly string[]): string => [...items].sort().join('\u0000');

/** The same words, but hardly two of them still side by side. */
export function areWordsShuffled(expected: readonly string[], live: readonly string[]): boolean {
  if (expected.length !== live.length || counted(expected) !== counted(live)) return false;
  let head = 0;
  while (head < live.length && expected[head] === live[head]) head++;
  let tail = 0;
  while (tail < live.length - head && expected[expected.length - 1 - tail] === live[live.length - 1 - tail]) tail++;
  const before = expected.slice(head, expected.length - tail);
  const after = live.slice(head, live.length - tail);
  if (after.length < FEWEST_WORDS) return false;
  const neighbours = new Set(before.slice(1).map((word, at) => `${before[at] ?? ''} ${word}`));
  const kept = after.slice(1).filter((word, at) => neighbours.has(`${after[at] ?? ''} ${word}`)).length;
  return kept / (after.length - 1) < KEPT_NEIGHBOURS;
}

/** The same letters in another order, in a word long enough that this is no second word. */
export function areLettersShuffled(expected: string, live: string): boolean {
  if (expected.length < 4 || expected.length !== live.length || expected === live) return false;
  return counted([...expected.toLowerCase()]) === counted([...live.toLowerCase()]) && expected.toLowerCase() !== live.toLowerCase();
}
