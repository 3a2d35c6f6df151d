import { describe, expect, it } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import { checkPassword, hashPassword, newPassword, NOBODY } from './password.js';

/** Everything that decides how long a check takes: the algorithm, its cost, and how long salt and digest are. */
function workOf(stored: string): unknown {
  const [, algorithm, version, cost, salt = '', digest = ''] = stored.split('$');
  return { algorithm, version, cost, salt: salt.length, digest: digest.length };
}

describe('passwords', () => {
  it('are right or wrong', async () => {
    const password = newPassword();
    const stored = await hashPassword(password);
    expect(await checkPassword(stored, password)).toBe(true);
    expect(await checkPassword(stored, `${password} `)).toBe(false);
    expect(await checkPassword(undefined, password)).toBe(false);
  });

  it('of a user that does not exist are checked with exactly the same work', async () => {
    expect(workOf(NOBODY)).toEqual(workOf(await hashPassword('whatever')));
    // A text that could not be read would be refused at once, and the time would tell.
    expect(await verify(NOBODY, 'whatever')).toBe(false);
  });
});
