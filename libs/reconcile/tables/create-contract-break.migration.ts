import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where answers are kept that do not fit what is known of a channel's API. */
export class CreateContractBreak1790000001400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contract_break (
        account_id bigint NOT NULL CONSTRAINT contract_break_account_id_fkey REFERENCES channel_account (id) ON DELETE CASCADE,
        subject text NOT NULL,
        kind text NOT NULL,
        message text NOT NULL,
        body jsonb,
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        times integer NOT NULL,
        PRIMARY KEY (account_id, subject)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE contract_break');
  }
}
