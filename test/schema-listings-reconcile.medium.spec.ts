import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource, runMigrations, schemaDrift } from '#platform';
import { catalogEntities } from '../libs/catalog/entities/catalog-entities.js';
import { Catalog1790000000100 } from '../libs/catalog/migrations/1790000000100-catalog.js';
import { listingsEntities } from '../libs/listings/tables/listings-entities.js';
import { listingsMigrations } from '../libs/listings/tables/listings-migrations.js';
import { reconcileEntities } from '../libs/reconcile/tables/reconcile-entities.js';
import { reconcileMigrations } from '../libs/reconcile/tables/reconcile-migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const ours = new Set(['channel_account', 'listing', 'facet_policy', 'drift', 'push_intent', 'evidence']);

describe('the tables of listings and reconcile', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await startTestDatabase();
    source = createDataSource(database.url, {
      entities: [...catalogEntities, ...listingsEntities, ...reconcileEntities],
      migrations: [Catalog1790000000100, ...listingsMigrations, ...reconcileMigrations],
    });
    await source.initialize();
    await runMigrations(source);
  });
  afterAll(async () => {
    await source?.destroy();
    await database?.stop();
  });

  it('are described by their entities without a difference', async () => {
    const tables = await source.query<{ table_name: string }[]>(`select table_name from information_schema.tables where table_schema = 'public'`);
    expect(tables.filter((row) => ours.has(row.table_name))).toHaveLength(ours.size);
    const drift = await schemaDrift(source);
    expect(drift.filter((statement) => ![...catalogEntities].some((entity) => statement.includes(`"${source.getMetadata(entity).tableName}"`)))).toEqual([]);
  });

  it('go down and up again', async () => {
    const own = listingsMigrations.length + reconcileMigrations.length;
    for (let undone = 0; undone < own; undone += 1) await source.undoLastMigration({ transaction: 'each' });
    expect(await source.query(`select 1 from information_schema.tables where table_name in ('listing', 'drift', 'evidence')`)).toEqual([]);
    expect(await runMigrations(source)).toHaveLength(own);
  });
});
