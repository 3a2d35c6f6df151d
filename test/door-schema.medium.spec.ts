import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { catalogEntities } from '#catalog';
import { listingsEntities } from '#listings';
import { createDataSource, schemaDrift } from '#platform';
import { reconcileEntities } from '#reconcile';
import { authEntities } from '../apps/hub/auth/tables/auth-entities.js';
import { hubMigrations, migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

it('every migration of the hub runs on an empty database, once, and leaves no difference to the entities', async () => {
  expect(await migrate(database.url)).toHaveLength(hubMigrations.length);
  expect(await migrate(database.url)).toEqual([]);
  const source = createDataSource(database.url, { entities: [...catalogEntities, ...listingsEntities, ...reconcileEntities, ...authEntities], migrations: hubMigrations });
  await source.initialize();
  try {
    expect(await schemaDrift(source)).toEqual([]);
  } finally {
    await source.destroy();
  }
});
