import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What owners of an account spent of its long rates, for the owner after them. */
export class CreateSweepSpend1790000001620 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE sweep_spend (
        account_id bigint NOT NULL,
        bucket text NOT NULL,
        at timestamptz NOT NULL,
        cost integer NOT NULL,
        PRIMARY KEY (account_id, bucket, at)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sweep_spend');
  }
}
