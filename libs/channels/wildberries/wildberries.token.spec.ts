import { describe, expect, it } from '@jest/globals';
import { Unauthorised } from '#kernel';
import { ALL_SCOPES, tokenOf } from './fixtures/scripted-wildberries.js';
import { readToken } from './wildberries.token.js';

describe('a token', () => {
  it.each([
    [{ acc: 1, t: false }, 'base'],
    [{ acc: 2, t: true }, 'test'],
    [{ acc: 3, for: 'self', t: false }, 'personal'],
    [{ acc: 4, for: 'asid:77', t: false }, 'service'],
  ])('%o is of type %s', (payload, type) => {
    expect(readToken(tokenOf({ ...payload, s: 2 })).type).toBe(type);
  });

  it('tells its scopes, its end and that it may only read', () => {
    const token = readToken(tokenOf({ acc: 3, s: ALL_SCOPES + 2 ** 30, exp: 1_800_000_000 }));
    expect([...token.scopes]).toEqual([1, 2, 3, 4]);
    expect(token.readOnly).toBe(true);
    expect(token.expiresAt).toBe(1_800_000_000_000);
  });

  it.each(['', 'not a token', 'a.b.c', `a.${Buffer.from('"text"').toString('base64url')}.c`, tokenOf({ s: 2 })])(
    'is refused when it cannot be read, and never repeated: %#',
    (text) => {
      try {
        readToken(text);
        throw new Error('it was read');
      } catch (error) {
        expect(error).toBeInstanceOf(Unauthorised);
        if (text !== '') expect((error as Error).message).not.toContain(text);
      }
    },
  );
});
