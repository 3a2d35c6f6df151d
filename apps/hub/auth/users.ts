import type { Pool } from 'pg';
import { hashPassword } from './password.js';
import type { UserRole } from './scopes.js';

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly password_hash: string;
  readonly role: UserRole;
  readonly disabled: boolean;
}

/** Sign-in names compare without case and surrounding spaces. */
export function plainName(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

export class Users {
  constructor(private readonly pool: Pool) {}

  async byName(name: string): Promise<UserRow | undefined> {
    const { rows } = await this.pool.query<UserRow>('SELECT id, name, password_hash, role, disabled FROM app_user WHERE name = $1', [plainName(name)]);
    return rows[0];
  }

  async any(): Promise<boolean> {
    const { rowCount } = await this.pool.query('SELECT 1 FROM app_user LIMIT 1');
    return (rowCount ?? 0) > 0;
  }

  /** Adds the user, or does nothing when the name is taken. Returns whether it was added. */
  async add(name: string, password: string, role: UserRole): Promise<boolean> {
    const { rowCount } = await this.pool.query('INSERT INTO app_user (name, password_hash, role) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING', [
      plainName(name),
      await hashPassword(password),
      role,
    ]);
    return rowCount === 1;
  }

  /** Sets a password and ends every session of the user. Returns whether the user exists. */
  async setPassword(name: string, password: string): Promise<boolean> {
    const hashed = await hashPassword(password);
    const { rowCount } = await this.pool.query(
      `WITH changed AS (UPDATE app_user SET password_hash = $2, password_changed_at = now() WHERE name = $1 RETURNING id),
            ended AS (DELETE FROM app_session WHERE user_id IN (SELECT id FROM changed)),
            forgotten AS (DELETE FROM login_attempt WHERE account = $1)
       SELECT id FROM changed`,
      [plainName(name), hashed],
    );
    return rowCount === 1;
  }
}
