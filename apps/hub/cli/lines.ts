/** A value as one short line: what is not there is a dash, what is no text is JSON. */
export function short(value: unknown, most = 100): string {
  const text = value === undefined || value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** An ISO time as people read it. */
export function moment(text: string): string {
  return text.slice(0, 19).replace('T', ' ');
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  return rows.map((row) => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ')).join('\n');
}
