import { createHash } from 'node:crypto';

export const TOKEN_TYPES = ['base', 'test', 'personal', 'service'] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** Bit positions in `s`. */
export const SCOPES = { content: 1, analytics: 2, prices: 3, marketplace: 4, statistics: 5, returns: 11, any: 0 } as const;
export type Scope = keyof typeof SCOPES;

const READ_ONLY_BIT = 30;
const ACC: Record<TokenType, number> = { base: 1, test: 2, personal: 3, service: 4 };
const LIFE_MS = 180 * 86_400_000;

interface Payload {
  acc?: unknown;
  for?: unknown;
  t?: unknown;
  s?: unknown;
  exp?: unknown;
}

export interface Token {
  type: TokenType;
  /** Channel time, ms. */
  expiresAt: number;
  readOnly: boolean;
  has(scope: Scope): boolean;
}

export interface TokenFacts {
  type: TokenType;
  seller: string;
  /** Channel time, ms, when it was made. */
  now: number;
  /** Makes tokens of one moment differ. */
  name: string;
  /** All of them when absent. */
  scopes?: readonly Scope[];
  readOnly?: boolean;
}

/** A token as the cabinet makes it: a JWT that tells its own type, scopes and end. Its signature is only a digest. */
export function makeToken(facts: TokenFacts): string {
  const bits = (facts.scopes ?? (Object.keys(SCOPES) as Scope[])).map((scope) => SCOPES[scope]).filter((bit) => bit > 0);
  const s = [...bits, ...(facts.readOnly ? [READ_ONLY_BIT] : [])].reduce((sum, bit) => sum + 2 ** bit, 0);
  const holder = { base: {}, test: {}, personal: { for: 'self' }, service: { for: 'asid:00000000-0000-4000-8000-000000000001' } }[facts.type];
  const payload = { acc: ACC[facts.type], ...holder, exp: Math.floor((facts.now + LIFE_MS) / 1000), id: facts.name, s, sid: facts.seller, t: facts.type === 'test' };
  const head = `${base64({ alg: 'ES256', kid: '20250904v1', typ: 'JWT' })}.${base64(payload)}`;
  return `${head}.${createHash('sha256').update(head).digest('base64url')}`;
}

/** What a token tells of itself; undefined when it is not a JWT or contradicts itself. */
export function readToken(text: string): Token | undefined {
  const parts = text.split('.');
  if (parts.length !== 3) return undefined;
  const payload = parsed(parts[1] ?? '');
  if (!payload || typeof payload.s !== 'number' || typeof payload.exp !== 'number') return undefined;
  const type = TOKEN_TYPES.find((one) => ACC[one] === payload.acc);
  if (!type || payload.t !== (type === 'test')) return undefined;
  const bits = BigInt(payload.s);
  const on = (bit: number): boolean => ((bits >> BigInt(bit)) & 1n) === 1n;
  return { type, expiresAt: payload.exp * 1000, readOnly: on(READ_ONLY_BIT), has: (scope) => scope === 'any' || on(SCOPES[scope]) };
}

function parsed(part: string): Payload | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
