const MASK = '[redacted]';
/** Names whose value is a secret wherever it stands; compared in lower case without separators. */
const SECRET_NAMES = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'password',
  'passwd',
  'pwd',
  'secret',
  'token',
  'accesstoken',
  'refreshtoken',
  'apikey',
  'xapikey',
  'clientsecret',
  'privatekey',
  'secretkey',
  'signingkey',
  'credentials',
  'consumerkey',
  'consumersecret',
  'sessionid',
  'bearer',
  'databaseurl',
  'redisurl',
  'adminpassword',
]);
const SECRET_ENDINGS = ['password', 'secret', 'apikey', 'accesstoken', 'privatekey'];
const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;
const BEARER = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi;
const MAX_DEPTH = 32;
/** A shorter value would be found in ordinary text. */
const SHORTEST_SECRET = 6;

export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return SECRET_NAMES.has(plain) || SECRET_ENDINGS.some((ending) => plain.endsWith(ending));
}

/** Values that are secret whatever name they stand under, e.g. the keys of the accounts in memory. */
export class KnownSecrets {
  readonly #values = new Set<string>();
  #longestFirst: readonly string[] = [];

  add(...values: readonly (string | undefined)[]): void {
    for (const value of values) if (value !== undefined && value.length >= SHORTEST_SECRET) this.#values.add(value);
    this.#longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
  }

  forget(value: string): void {
    this.#values.delete(value);
    this.#longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
  }

  maskIn(text: string): string {
    let masked = text;
    for (const value of this.#longestFirst) {
      if (masked.includes(value)) masked = masked.replaceAll(value, MASK);
      const encoded = encodeURIComponent(value);
      if (encoded !== value && masked.includes(encoded)) masked = masked.replaceAll(encoded, MASK);
    }
    return masked;
  }
}

/** The values this process has seen in its configuration and accounts; the logger masks them everywhere. */
export const knownSecrets = new KnownSecrets();

export function redactText(text: string, known: KnownSecrets = knownSecrets): string {
  return known.maskIn(text).replace(URL_PASSWORD, `$1:${MASK}@`).replace(BEARER, `$1 ${MASK}`);
}

/**
 * A deep copy without secrets, by name and by known value, for logs and evidence. Errors become name, message and code;
 * bytes become their length; what lies deeper than 32 levels or in a circle is left out.
 */
export function redact(value: unknown, known: KnownSecrets = knownSecrets): unknown {
  return redactAt(value, known, 0, new Set());
}

function redactAt(value: unknown, known: KnownSecrets, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value, known);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) return '[circular]';
  if (depth >= MAX_DEPTH) return '[too deep]';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  const within = new Set(above).add(value);
  if (Array.isArray(value)) return value.map((item) => redactAt(item, known, depth + 1, within));
  if (value instanceof Error) return redactError(value, known, depth, within);
  const entries = value instanceof Map ? [...value.entries()].map(([key, item]): [string, unknown] => [String(key), item]) : Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, item]) => [redactText(key, known), isSecretName(key) && item !== null && item !== undefined ? MASK : redactAt(item, known, depth + 1, within)]),
  );
}

function redactError(error: Error, known: KnownSecrets, depth: number, within: Set<object>): unknown {
  return {
    type: error.name,
    message: redactText(error.message, known),
    ...('code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack, known) }),
    ...(error.cause === undefined ? {} : { cause: redactAt(error.cause, known, depth + 1, within) }),
  };
}
