import type { Pool } from 'pg';
import { digestOf, newSecretToken } from './secret-token.js';
import { type Principal, scopesOfRole, type UserRole } from './scopes.js';

export const SESSION_DAYS = 30;

/** Browser sessions: the cookie holds the token, the database its digest. Every request asks the database, so an end is an end at once. */
export class Sessions {
  constructor(private readonly pool: Pool) {}

  async open(userId: string, address: string): Promise<string> {
    const token = newSecretToken('');
    await this.pool.query('DELETE FROM app_session WHERE user_id = $1 AND expires_at < now()', [userId]);
    await this.pool.query(`INSERT INTO app_session (token_hash, user_id, address, expires_at) VALUES ($1, $2, $3, now() + make_interval(days => $4))`, [
      digestOf(token),
      userId,
      address,
      SESSION_DAYS,
    ]);
    return token;
  }

  async principal(token: string): Promise<Principal | undefined> {
    const { rows } = await this.pool.query<{ id: string; name: string; role: UserRole; stale: boolean }>(
      `SELECT u.id, u.name, u.role, s.seen_at < now() - interval '1 day' AS stale
       FROM app_session s JOIN app_user u ON u.id = s.user_id
       WHERE s.token_hash = $1 AND s.expires_at > now() AND NOT u.disabled`,
      [digestOf(token)],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    if (row.stale) {
      await this.pool.query('UPDATE app_session SET seen_at = now(), expires_at = now() + make_interval(days => $2) WHERE token_hash = $1', [digestOf(token), SESSION_DAYS]);
    }
    return { kind: 'user', id: row.id, name: row.name, author: row.name, scopes: scopesOfRole(row.role) };
  }

  async end(token: string): Promise<void> {
    await this.pool.query('DELETE FROM app_session WHERE token_hash = $1', [digestOf(token)]);
  }
}
