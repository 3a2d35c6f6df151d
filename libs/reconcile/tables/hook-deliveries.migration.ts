import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came of the deliveries of an account, for the person who asks why nothing is heard. */
export class HookDeliveries1790000002710 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE channel_hook ADD COLUMN delivered_at timestamptz, ADD COLUMN forged_at timestamptz,
        ADD COLUMN forged bigint NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channel_hook DROP COLUMN delivered_at, DROP COLUMN forged_at, DROP COLUMN forged');
  }
}
