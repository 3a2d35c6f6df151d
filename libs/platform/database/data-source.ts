import 'reflect-metadata';
import pg from 'pg';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import { TurnTakingClient } from './turn-taking-client.js';

/** Class of an entity or of a migration, as TypeORM takes them. */
type EntityClass = (new (...args: never[]) => object) | EntitySchema;
type MigrationClass = new () => MigrationInterface;

export interface SchemaParts {
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
}

export interface DataSourceOptionsOfOurs extends SchemaParts {
  readonly applicationName?: string;
  /** Connections at most; default 10. */
  readonly poolMax?: number;
  readonly statementTimeoutMs?: number;
  readonly onIdleError?: (error: unknown) => void;
}

/** Any number that no other program on the database server uses for its advisory locks. */
const MIGRATION_LOCK = 4_972_610_531;

export const MIGRATIONS_TABLE = 'schema_migration';

/** A data source that never changes the schema by itself; call `initialize()` on it, then `runMigrations`. */
export function createDataSource(url: string, options: DataSourceOptionsOfOurs): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: options.entities.map((entity) => entity),
    migrations: [...options.migrations],
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    applicationName: options.applicationName ?? 'etalon',
    poolSize: options.poolMax ?? 10,
    logging: false,
    poolErrorHandler: (error: unknown) => options.onIdleError?.(error),
    extra: {
      Client: TurnTakingClient,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      statement_timeout: options.statementTimeoutMs ?? 0,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
}

/**
 * Applies the migrations that are missing, each in its own transaction. Several processes may call it at once: one works, the others wait and find nothing to do.
 * Returns the names of those applied here.
 */
export async function runMigrations(dataSource: DataSource): Promise<string[]> {
  const options = dataSource.options;
  if (options.type !== 'postgres') throw new Error('Migrations run on PostgreSQL only');
  const lock = new pg.Client({ connectionString: options.url });
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1::bigint)', [MIGRATION_LOCK]);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  } finally {
    // The end of the session gives the lock back.
    await lock.end();
  }
}

/** The statements that would make the database equal to the entities; empty when migrations and entities agree. */
export async function schemaDrift(dataSource: DataSource): Promise<string[]> {
  const statements = await dataSource.driver.createSchemaBuilder().log();
  return statements.upQueries.map((statement) => statement.query);
}

/** Whether migrations and entities disagree. */
export async function hasSchemaDrift(dataSource: DataSource): Promise<boolean> {
  return (await schemaDrift(dataSource)).length > 0;
}
