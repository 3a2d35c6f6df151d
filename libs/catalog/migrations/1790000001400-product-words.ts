import type { MigrationInterface, QueryRunner } from 'typeorm';

const IS_DRAFT = 'approved_revision IS DISTINCT FROM revision';

/**
 * An edit that moves nothing a product is listed by leaves every index of `product` alone: the words of the search get a table of their own, whether a draft
 * waits becomes a column (an index over `revision` is touched by every edit), and pages keep room for the next version of each row.
 */
export class ProductWords1790000001400 implements MigrationInterface {
  readonly name = 'ProductWords1790000001400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE product_words (
        product_id bigint NOT NULL,
        words tsvector NOT NULL,
        CONSTRAINT product_words_pkey PRIMARY KEY (product_id)
      );
      INSERT INTO product_words (product_id, words) SELECT id, to_tsvector('russian', title || ' ' || coalesce(brand, '')) FROM product;
      DROP INDEX product_words_idx;
      CREATE INDEX product_words_idx ON product_words USING gin (words);

      DROP INDEX product_draft_idx;
      ALTER TABLE product ADD COLUMN draft boolean NOT NULL DEFAULT false;
      UPDATE product SET draft = true WHERE ${IS_DRAFT};
      ALTER TABLE product ADD CONSTRAINT product_draft_known CHECK (draft = (${IS_DRAFT}));
      CREATE INDEX product_draft_idx ON product (id) WHERE draft;

      ALTER TABLE product SET (fillfactor = 50);
      ALTER TABLE bulk_change SET (fillfactor = 50);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bulk_change RESET (fillfactor);
      ALTER TABLE product SET (fillfactor = 80);
      DROP INDEX product_draft_idx;
      ALTER TABLE product DROP COLUMN draft;
      CREATE INDEX product_draft_idx ON product (id) WHERE ${IS_DRAFT};
      DROP TABLE product_words;
      CREATE INDEX product_words_idx ON product USING gin (to_tsvector('russian', title || ' ' || coalesce(brand, '')));
    `);
  }
}
