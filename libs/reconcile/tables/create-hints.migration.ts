import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cards that a channel said have changed, and where channels deliver such word. */
export class CreateHints1790000002300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE sweep_hint (
        account_id bigint NOT NULL,
        listing_id bigint NOT NULL CONSTRAINT sweep_hint_listing_id_fkey REFERENCES listing (id) ON DELETE CASCADE,
        at timestamptz NOT NULL,
        PRIMARY KEY (account_id, listing_id)
      );
      CREATE TABLE channel_hook (
        account_id bigint PRIMARY KEY CONSTRAINT channel_hook_account_id_fkey REFERENCES channel_account (id) ON DELETE CASCADE,
        secret text NOT NULL,
        url text,
        state text NOT NULL,
        reason text,
        since timestamptz NOT NULL,
        CONSTRAINT channel_hook_state_known CHECK (state IN ('wanted', 'kept', 'paused', 'refused'))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channel_hook, sweep_hint');
  }
}
