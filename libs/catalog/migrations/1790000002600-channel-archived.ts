import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a product is sold may differ by channel; a column tells it without opening documents. */
export class ChannelArchived1790000002600 implements MigrationInterface {
  readonly name = 'ChannelArchived1790000002600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE product ADD COLUMN channel_archived jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE product DROP COLUMN channel_archived');
  }
}
