import type { Pool } from 'pg';
import { digestOf, newSecretToken } from './secret-token.js';
import { type Principal, type Scope, SCOPES } from './scopes.js';

export const TOKEN_PREFIX = 'etl_';

export interface ApiTokenRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly author: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
}

/** Tokens for programs. The token is shown once, when it is made. */
export class ApiTokens {
  constructor(private readonly pool: Pool) {}

  async create(name: string, scopes: readonly Scope[], author: string, expiresAt?: Date): Promise<{ id: string; token: string }> {
    const token = newSecretToken(TOKEN_PREFIX);
    const { rows } = await this.pool.query<{ id: string }>('INSERT INTO api_token (name, token_hash, scopes, author, expires_at) VALUES ($1, $2, $3, $4, $5) RETURNING id', [
      name,
      digestOf(token),
      scopes,
      author,
      expiresAt ?? null,
    ]);
    return { id: rows[0]?.id ?? '', token };
  }

  /** The one token of the command line on this machine: made anew at each start of the hub. */
  async replaceLocal(name: string): Promise<string> {
    await this.pool.query('DELETE FROM api_token WHERE name = $1 AND author = $2', [name, 'hub']);
    return (await this.create(name, ['admin'], 'hub')).token;
  }

  async principal(token: string): Promise<Principal | undefined> {
    if (!token.startsWith(TOKEN_PREFIX)) return undefined;
    const { rows } = await this.pool.query<{ id: string; name: string; scopes: string[] }>(
      'SELECT id, name, scopes FROM api_token WHERE token_hash = $1 AND (expires_at IS NULL OR expires_at > now())',
      [digestOf(token)],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const scopes = SCOPES.filter((scope) => row.scopes.includes(scope));
    return { kind: 'token', id: row.id, name: row.name, author: `token:${row.name}`, scopes };
  }

  async list(): Promise<ApiTokenRow[]> {
    const { rows } = await this.pool.query<ApiTokenRow>('SELECT id, name, scopes, author, created_at, expires_at FROM api_token ORDER BY id');
    return rows;
  }

  async revoke(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('DELETE FROM api_token WHERE id = $1', [id]);
    return rowCount === 1;
  }
}
