/** Settings of the embedded server that differ from PostgreSQL's own. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // No socket file at all: its folder would be open to every account, and its path has a length limit.
  unix_socket_directories: '',
  synchronous_commit: 'on',
  idle_in_transaction_session_timeout: '60s',
  max_connections: '100',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  // Parallel plans need shared memory that small containers do not have, and the cores are busy with our own work.
  max_parallel_workers_per_gather: '0',
  random_page_cost: '1.1',
  autovacuum_naptime: '10s',
  autovacuum_vacuum_cost_limit: '1000',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_connections: '',
};

export function serverArguments(dataFolder: string, port: number, extra: Readonly<Record<string, string>> = {}): string[] {
  const settings = { ...SETTINGS, ...extra, port: String(port) };
  return ['-D', dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
