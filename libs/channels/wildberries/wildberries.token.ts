import { Unauthorised } from '#kernel';

/** `service` and `personal` share one table of limits; `base` has a far slower one; `test` works on the sandbox hosts only. */
export type TokenType = 'personal' | 'service' | 'base' | 'test';

export interface Token {
  readonly type: TokenType;
  /** Scopes by the number of their bit. */
  readonly scopes: ReadonlySet<number>;
  readonly readOnly: boolean;
  /** Whose buckets it spends: the seller's for each type, the service's for a service. '' when it does not tell. */
  readonly spender: string;
  /** UTC, ms. */
  readonly expiresAt: number | undefined;
}

/** Bits of the token's scope mask that this adapter needs. */
export const SCOPE = { content: 1, analytics: 2, prices: 3, marketplace: 4 } as const;
const READ_ONLY = 30;
const TYPES: Readonly<Record<number, TokenType>> = { 1: 'base', 2: 'test', 3: 'personal', 4: 'service' };

/**
 * What a token says of itself; it is a JWT, and only Wildberries can check its signature. Throws `Unauthorised` when it
 * cannot be read, without repeating any of it. See docs/channels/wildberries.md, "Connecting".
 */
export function readToken(token: string): Token {
  const payload = payloadOf(token);
  const mask = typeof payload['s'] === 'number' ? payload['s'] : 0;
  const expires = payload['exp'];
  const type = payload['t'] === true ? 'test' : TYPES[Number(payload['acc'])];
  if (type === undefined) throw new Unauthorised('The Wildberries token names no known type (its field "acc"); create a new one in the seller cabinet');
  const scopes = new Set(Array.from({ length: READ_ONLY }, (_, bit) => bit).filter((bit) => hasBit(mask, bit)));
  const spender = typeof payload['sid'] === 'string' ? [payload['sid'], type, ...(type === 'service' ? [String(payload['for'])] : [])].join(' ') : '';
  return { type, scopes, readOnly: hasBit(mask, READ_ONLY), spender, expiresAt: typeof expires === 'number' ? expires * 1000 : undefined };
}

/** Tokens with the same answer spend the same buckets; undefined when the token tells of no seller, or cannot be read. */
export function sellerOf(token: string, baseUrl: string): string | undefined {
  try {
    const { spender } = readToken(token);
    return spender === '' ? undefined : `${spender} ${baseUrl}`;
  } catch (error) {
    if (error instanceof Unauthorised) return undefined;
    throw error;
  }
}

function hasBit(mask: number, bit: number): boolean {
  return Math.floor(mask / 2 ** bit) % 2 === 1;
}

function payloadOf(token: string): Readonly<Record<string, unknown>> {
  const part = token.replace(/^Bearer\s+/i, '').split('.')[1] ?? '';
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below: the text of the error would repeat part of the token.
  }
  throw new Unauthorised('The Wildberries token cannot be read: copy it whole from the seller cabinet');
}
