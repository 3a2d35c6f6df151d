import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text; only its digest is kept. */
export function newSecretToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
