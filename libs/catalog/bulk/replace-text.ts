/**
 * Replaces every occurrence. With `wildcards` the pieces between stars are looked for one after another within a line, the nearest
 * each: the work grows with the length of the text only, whatever the pattern, which no regular expression from outside could promise.
 * Where text is taken out, the blank that stood behind it goes too, unless it parts two words.
 */
export function replaceText(text: string, find: string, replace: string, { wildcards = false, anyCase = false }: { wildcards?: boolean; anyCase?: boolean } = {}): string {
  const pieces = (wildcards ? find.split('*') : [find]).map((piece) => fold(piece, anyCase));
  if (pieces.every((piece) => piece === '')) return text;
  return text
    .split('\n')
    .map((line) => replaceInLine(line, fold(line, anyCase), pieces, replace))
    .join('\n');
}

function replaceInLine(line: string, folded: string, pieces: readonly string[], replace: string): string {
  // Folding that changes the length would put every later place out of step; such a line is compared as it stands.
  const searched = folded.length === line.length ? folded : line;
  let out = '';
  let from = 0;
  for (;;) {
    const match = findPieces(searched, pieces, from);
    if (!match) return out + line.slice(from);
    out += line.slice(from, match.start) + replace;
    from = match.end;
    if (replace !== '') continue;
    if (out === '' || out.endsWith(' ')) while (line[from] === ' ') from++;
    if (from === line.length) return out.trimEnd();
  }
}

function findPieces(line: string, pieces: readonly string[], from: number): { start: number; end: number } | undefined {
  let start: number | undefined;
  let at = from;
  for (const [index, piece] of pieces.entries()) {
    // A star at an end of the pattern reaches to that end of the line.
    if (piece === '') {
      if (index === 0) start = from;
      else if (index === pieces.length - 1) at = line.length;
      continue;
    }
    const found = line.indexOf(piece, at);
    if (found < 0) return undefined;
    start ??= found;
    at = found + piece.length;
  }
  return start === undefined || at <= start ? undefined : { start, end: at };
}

function fold(text: string, anyCase: boolean): string {
  return anyCase ? text.toLowerCase() : text;
}
