/** A stretch of words: the same on both sides, or what was expected against what is live (either may be empty). */
export interface WordSpan {
  readonly same: boolean;
  readonly expected: string;
  readonly live: string;
}

/** Above this many cells the middle is shown as one change: memory stays under 8 MB whatever a channel answers. */
const MAX_CELLS = 4_000_000;

/** Words kept in order on both sides, as pairs of positions. */
function commonWords(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const width = right.length + 1;
  if (left.length * right.length > MAX_CELLS) return [];
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Word by word difference of two plain texts, for side-by-side views and for judging what was put in. */
export function wordDiff(expected: string, live: string): readonly WordSpan[] {
  const left = wordsOf(expected);
  const right = wordsOf(live);
  const shorter = Math.min(left.length, right.length);
  let head = 0;
  while (head < shorter && left[head] === right[head]) head++;
  let tail = 0;
  while (tail < shorter - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;

  const middle = commonWords(left.slice(head, left.length - tail), right.slice(head, right.length - tail));
  const anchors: (readonly [number, number])[] = [
    ...Array.from({ length: head }, (_, at) => [at, at] as const),
    ...middle.map(([i, j]) => [i + head, j + head] as const),
    ...Array.from({ length: tail }, (_, at) => [left.length - tail + at, right.length - tail + at] as const),
    [left.length, right.length],
  ];

  const spans: WordSpan[] = [];
  let same: string[] = [];
  let i = 0;
  let j = 0;
  const closeSame = (): void => {
    if (same.length > 0) spans.push({ same: true, expected: same.join(' '), live: same.join(' ') });
    same = [];
  };
  for (const [nextLeft, nextRight] of anchors) {
    if (nextLeft > i || nextRight > j) {
      closeSame();
      spans.push({ same: false, expected: left.slice(i, nextLeft).join(' '), live: right.slice(j, nextRight).join(' ') });
    }
    const word = left[nextLeft];
    if (word !== undefined) same.push(word);
    i = nextLeft + 1;
    j = nextRight + 1;
  }
  closeSame();
  return spans;
}
