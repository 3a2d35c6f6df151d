import { newPassword } from './password.js';
import type { Users } from './users.js';

export const FIRST_ADMIN = 'admin';

export type FirstSignIn = { readonly name: string; readonly password: string } | undefined;

/**
 * On the first start makes the administrator. Returns the one-time password to print, or undefined when there was an administrator
 * already or the password was given by setting.
 */
export async function ensureFirstAdmin(users: Users, given: string | undefined): Promise<FirstSignIn> {
  if (await users.any()) return undefined;
  const password = given ?? newPassword();
  const added = await users.add(FIRST_ADMIN, password, 'admin');
  return added && given === undefined ? { name: FIRST_ADMIN, password } : undefined;
}
