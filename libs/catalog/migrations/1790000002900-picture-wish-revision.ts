import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures arrive long after their row was read: a wish knows the revision it was made at, so that nobody's newer pictures are replaced. */
export class PictureWishRevision1790000002900 implements MigrationInterface {
  readonly name = 'PictureWishRevision1790000002900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE picture_wish ADD COLUMN revision integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE picture_wish DROP COLUMN revision');
  }
}
