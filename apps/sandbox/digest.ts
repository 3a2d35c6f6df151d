import { createHash } from 'node:crypto';

/** A short name of what a value means: equal digests mean the same. */
export function digest(meaning: string): string {
  return createHash('sha1').update(meaning).digest('hex').slice(0, 16);
}
