import pg from 'pg';
import { catalogEntities, catalogMigrations, ProductService } from '#catalog';
import { createDataSource, runMigrations } from '#platform';
import { startTestDatabase } from './harness/test-database.js';

/** A database with the catalog's own tables, for tests of the catalog alone. */
export interface CatalogDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly products: ProductService;
  close(): Promise<void>;
}

export async function openCatalog(): Promise<CatalogDatabase> {
  const database = await startTestDatabase({ template: { name: 'catalog', prepare: migrateCatalog } });
  const pool = new pg.Pool({ connectionString: database.url, max: 8 });
  pool.on('error', () => undefined);
  return {
    url: database.url,
    pool,
    products: new ProductService(pool),
    async close() {
      await pool.end();
      await database.stop();
    },
  };
}

async function migrateCatalog(url: string): Promise<void> {
  const source = createDataSource(url, { entities: catalogEntities, migrations: catalogMigrations });
  await source.initialize();
  await runMigrations(source);
  await source.destroy();
}
