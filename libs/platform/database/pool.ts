import pg from 'pg';

export interface PoolOptions {
  /** Connections at most. */
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** A statement that runs longer is cancelled by the server; 0 or absent: no limit. */
  readonly statementTimeoutMs?: number;
  /** Schema that unqualified names resolve to; absent: the server's default. */
  readonly searchPath?: string;
  /** Told when an idle connection broke; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

const SCHEMA_NAME = /^[a-z_][a-z0-9_]*$/;

/** A pg pool that survives broken idle connections and gives up waiting for a connection after 10 seconds. 64-bit integers arrive as strings. */
export function createPool(url: string, options: PoolOptions): pg.Pool {
  if (options.searchPath !== undefined && !SCHEMA_NAME.test(options.searchPath)) throw new Error('searchPath must be a plain schema name');
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs ?? 0,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    idle_in_transaction_session_timeout: 60_000,
    ...(options.searchPath === undefined ? {} : { options: `-c search_path=${options.searchPath}` }),
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  return pool;
}
