import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two things every written product paid for and nothing needs: a look at the product for the keys made from it, and a place among the models for what has none. */
export class LighterWrites1790000003000 implements MigrationInterface {
  readonly name = 'LighterWrites1790000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE product_attribute_key DROP CONSTRAINT product_attribute_key_product_fkey;
      DROP INDEX product_model_idx;
      CREATE INDEX product_model_idx ON product (model_id) WHERE model_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX product_model_idx;
      CREATE INDEX product_model_idx ON product (model_id);
      ALTER TABLE product_attribute_key ADD CONSTRAINT product_attribute_key_product_fkey FOREIGN KEY (product_id) REFERENCES product (id);
    `);
  }
}
