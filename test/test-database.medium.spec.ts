import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';
import { assertClocksAgree, createDataSource, createPool, hasSchemaDrift, runMigrations, schemaDrift } from '#platform';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

@Entity('gauge')
class Gauge {
  @PrimaryColumn('bigint') id!: string;
  @Column('text') label!: string;
}

@Entity('gauge')
class WiderGauge {
  @PrimaryColumn('bigint') id!: string;
  @Column('text') label!: string;
  @Column('int') width!: number;
}

class CreateGauge1700000000000 implements MigrationInterface {
  readonly name = 'CreateGauge1700000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table gauge (id bigint primary key, label text not null)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table gauge');
  }
}

describe('a test database and its schema', () => {
  const made: TestDatabase[] = [];
  let pool: Pool | undefined;
  afterAll(async () => {
    await pool?.end();
    await Promise.all(made.map((database) => database.stop()));
  });
  let url = '';
  beforeAll(async () => {
    made.push(await startTestDatabase());
    url = made[0]!.url;
  });

  it('applies migrations once, also when two processes start together', async () => {
    const sources = [0, 1].map(() => createDataSource(url, { entities: [Gauge], migrations: [CreateGauge1700000000000] }));
    await Promise.all(sources.map((source) => source.initialize()));
    const applied = await Promise.all(sources.map((source) => runMigrations(source)));
    expect(applied.flat()).toEqual(['CreateGauge1700000000000']);
    expect(await hasSchemaDrift(sources[0]!)).toBe(false);
    await Promise.all(sources.map((source) => source.destroy()));
  });

  it('says what differs when an entity has a column no migration made', async () => {
    const source = await createDataSource(url, { entities: [WiderGauge], migrations: [CreateGauge1700000000000] }).initialize();
    expect((await schemaDrift(source)).join()).toContain('width');
    await source.destroy();
  });

  it('keeps 64-bit keys exact and the clock of the database close to ours', async () => {
    pool = createPool(url, { max: 2, applicationName: 'gauge-test' });
    await pool.query(`insert into gauge values (9007199254740993, 'x')`);
    expect((await pool.query<{ id: string }>('select id from gauge')).rows).toEqual([{ id: '9007199254740993' }]);
    await assertClocksAgree(pool);
  });

  it('copies a prepared template and prepares it only once', async () => {
    let prepared = 0;
    const template = {
      name: `template-of-${url}`,
      prepare: async (at: string) => {
        prepared += 1;
        const own = createPool(at, { max: 1, applicationName: 'prepare' });
        await own.query('create table prepared_here (id int)');
        await own.end();
      },
    };
    const copies = await Promise.all([startTestDatabase({ template }), startTestDatabase({ template })]);
    made.push(...copies);
    expect(prepared).toBe(1);
    for (const copy of copies) {
      const own = createPool(copy.url, { max: 1, applicationName: 'read' });
      expect((await own.query('select * from prepared_here')).rowCount).toBe(0);
      await own.end();
    }
  });
});
