import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which view of the product a listing was planned with: templates and components change what is shown without a new revision. */
export class PlannedView1790000001110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE listing ADD COLUMN planned_view integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE listing DROP COLUMN planned_view');
  }
}
