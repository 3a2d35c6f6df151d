import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was spent of long rates, by whose limits they are, for the process after this one. */
export class CreateSweepSpend1790000001620 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE sweep_spend (
        spender text NOT NULL,
        bucket text NOT NULL,
        at timestamptz NOT NULL,
        cost integer NOT NULL,
        PRIMARY KEY (spender, bucket, at)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sweep_spend');
  }
}
