import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every account follows the changes by itself, so a change is no longer taken by the first who sees it: the transaction tells who saw what. */
export class OutboxTransaction1790000002700 implements MigrationInterface {
  readonly name = 'OutboxTransaction1790000002700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox ADD COLUMN xid bigint NOT NULL DEFAULT txid_current();
      CREATE INDEX outbox_xid_idx ON outbox (xid);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbox_xid_idx; ALTER TABLE outbox DROP COLUMN xid');
  }
}
