/** How the text of one environment variable becomes a value of the configuration tree. */
export type EnvironmentReading = 'text' | 'integer' | 'switch';

export interface EnvironmentName {
  readonly name: string;
  /** Dotted path in the configuration tree. */
  readonly path: string;
  readonly reading: EnvironmentReading;
}

/** The everyday settings by their environment names; an empty variable counts as not set. */
export const ENVIRONMENT_NAMES: readonly EnvironmentName[] = [
  { name: 'HOST', path: 'http.host', reading: 'text' },
  { name: 'PORT', path: 'http.port', reading: 'integer' },
  { name: 'TRUSTED_PROXIES', path: 'http.trustedProxies', reading: 'text' },
  { name: 'DATA_DIR', path: 'dataDir', reading: 'text' },
  { name: 'DATABASE_URL', path: 'database.url', reading: 'text' },
  { name: 'DATABASE_POOL_MAX', path: 'database.poolMax', reading: 'integer' },
  { name: 'DATABASE_WAIT_SECONDS', path: 'database.waitSeconds', reading: 'integer' },
  { name: 'REDIS_URL', path: 'queue.redisUrl', reading: 'text' },
  { name: 'QUEUE_POOL_MAX', path: 'queue.poolMax', reading: 'integer' },
  { name: 'ROLE', path: 'role', reading: 'text' },
  { name: 'PUBLIC_MEDIA_URL', path: 'media.publicUrl', reading: 'text' },
  { name: 'IMPORT_PRIVATE_HOSTS', path: 'imports.privateHosts', reading: 'text' },
  { name: 'PUBLIC_HOOKS_URL', path: 'hooks.publicUrl', reading: 'text' },
  { name: 'ETALON_ADMIN_PASSWORD', path: 'secrets.adminPassword', reading: 'text' },
  { name: 'ETALON_SECRET_KEY', path: 'secrets.key', reading: 'text' },
  { name: 'ETALON_DEMO', path: 'demo.enabled', reading: 'switch' },
  { name: 'ETALON_DEMO_CARDS', path: 'demo.cards', reading: 'integer' },
  { name: 'ETALON_DEMO_SEED', path: 'demo.seed', reading: 'integer' },
  { name: 'ETALON_DEMO_CHANNELS', path: 'demo.channels', reading: 'text' },
  { name: 'SANDBOX_PORT', path: 'sandbox.port', reading: 'integer' },
  { name: 'LOG_LEVEL', path: 'log.level', reading: 'text' },
  { name: 'ETALON_FAULT_KILL', path: 'faults.kill', reading: 'text' },
  { name: 'ETALON_FAULT_SABOTAGE', path: 'faults.sabotage', reading: 'text' },
];
