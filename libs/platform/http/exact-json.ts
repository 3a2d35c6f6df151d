const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
/** An integer with fewer digits is always exact as a number. */
const RISKY_DIGITS = 16;

export class JsonTooDeep extends Error {
  override readonly name = 'JsonTooDeep';
  constructor(readonly limit: number) {
    super(`The JSON document is nested deeper than ${limit} levels`);
  }
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function endOfString(bytes: Buffer, open: number): number {
  for (let close = bytes.indexOf(QUOTE, open + 1); close !== -1; close = bytes.indexOf(QUOTE, close + 1)) {
    let backslashes = 0;
    while (bytes[close - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return close;
  }
  return bytes.length;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isFraction(byte: number | undefined): boolean {
  return byte === 0x2e || byte === 0x65 || byte === 0x45;
}

/** One pass over the structure (texts are jumped over): refuses depth, finds integers that a number cannot hold. */
function inspect(bytes: Buffer, maxDepth: number): Span[] {
  const inexact: Span[] = [];
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > maxDepth) throw new JsonTooDeep(maxDepth);
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    } else if (isDigit(byte)) {
      const from = at;
      while (isDigit(bytes[at + 1])) at += 1;
      const to = at + 1;
      if (isFraction(bytes[to])) {
        while (isDigit(bytes[at + 1]) || isFraction(bytes[at + 1]) || bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d) at += 1;
      } else if (to - from >= RISKY_DIGITS && BigInt(bytes.toString('latin1', from, to)) > MAX_SAFE) {
        inexact.push({ from: bytes[from - 1] === 0x2d ? from - 1 : from, to });
      }
    }
  }
  return inexact;
}

function quoted(bytes: Buffer, spans: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const span of spans) {
    parts.push(bytes.toString('utf8', from, span.from), '"', bytes.toString('latin1', span.from, span.to), '"');
    from = span.to;
  }
  parts.push(bytes.toString('utf8', from));
  return parts.join('');
}

/**
 * Parses JSON bytes (UTF-8). Integers beyond ±(2^53 − 1) become their digits as a string, exactly; everything else is as JSON.parse gives it.
 * @throws SyntaxError | JsonTooDeep
 */
export function parseExactJson(bytes: Buffer, maxDepth = 64): unknown {
  const body = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const inexact = inspect(body, maxDepth);
  return JSON.parse(inexact.length === 0 ? body.toString('utf8') : quoted(body, inexact)) as unknown;
}
