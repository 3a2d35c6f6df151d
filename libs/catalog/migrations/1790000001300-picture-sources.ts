import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PictureSources1790000001300 implements MigrationInterface {
  readonly name = 'PictureSources1790000001300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE picture_source (
        address_hash bytea NOT NULL,
        address text NOT NULL,
        digest text NOT NULL,
        etag text,
        last_modified text,
        fetched_at timestamptz NOT NULL,
        CONSTRAINT picture_source_pkey PRIMARY KEY (address_hash)
      );
      CREATE TABLE picture_wish (
        product_id bigint NOT NULL,
        import_job bigint NOT NULL,
        place text NOT NULL,
        addresses text[] NOT NULL,
        CONSTRAINT picture_wish_pkey PRIMARY KEY (product_id),
        CONSTRAINT picture_wish_product_fkey FOREIGN KEY (product_id) REFERENCES product (id)
      );
      CREATE INDEX picture_wish_import_idx ON picture_wish (import_job, product_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE picture_wish, picture_source;');
  }
}
