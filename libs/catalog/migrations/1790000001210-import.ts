import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the import engine keeps: reports by code, rows read but not yet written, prints of rows seen before, remembered mappings, ids of other systems. */
export class Import1790000001210 implements MigrationInterface {
  readonly name = 'Import1790000001210';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_row_result ADD COLUMN place text, ADD COLUMN code text, ADD COLUMN params jsonb;
      UPDATE import_row_result SET place = "row"::text, code = 'told', params = jsonb_build_object('reason', reason, 'remedy', remedy);
      ALTER TABLE import_row_result ALTER COLUMN place SET NOT NULL, ALTER COLUMN code SET NOT NULL, DROP COLUMN reason, DROP COLUMN remedy;

      CREATE UNLOGGED TABLE import_key (
        job_id bigint NOT NULL,
        sku text NOT NULL,
        part text NOT NULL,
        place text NOT NULL,
        CONSTRAINT import_key_pkey PRIMARY KEY (job_id, sku, part)
      );
      CREATE UNLOGGED TABLE import_staged (
        job_id bigint NOT NULL,
        sku text NOT NULL,
        position integer NOT NULL,
        place text NOT NULL,
        product_id bigint,
        based_on integer NOT NULL,
        document json,
        digest text NOT NULL,
        title text NOT NULL,
        category text NOT NULL,
        model text,
        archived boolean NOT NULL,
        barcodes text[] NOT NULL,
        pictures text[],
        external_id text,
        created integer NOT NULL,
        updated integer NOT NULL,
        unchanged integer NOT NULL,
        sources bigint[] NOT NULL,
        prints bigint[] NOT NULL,
        CONSTRAINT import_staged_pkey PRIMARY KEY (job_id, sku)
      ) WITH (toast_tuple_target = 8160);
      CREATE UNIQUE INDEX import_staged_position_idx ON import_staged (job_id, position);
      CREATE INDEX import_staged_external_idx ON import_staged (job_id, external_id) WHERE external_id IS NOT NULL;

      CREATE TABLE import_print (
        product_id bigint NOT NULL,
        source bigint NOT NULL,
        print bigint NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT import_print_pkey PRIMARY KEY (product_id, source)
      );
      CREATE TABLE import_mapping (
        signature text NOT NULL,
        columns text[] NOT NULL,
        author text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT import_mapping_pkey PRIMARY KEY (signature)
      );
      CREATE TABLE product_external_id (
        external_id text NOT NULL,
        product_id bigint NOT NULL,
        CONSTRAINT product_external_id_pkey PRIMARY KEY (external_id, product_id),
        CONSTRAINT product_external_id_product_fkey FOREIGN KEY (product_id) REFERENCES product (id)
      );
      CREATE INDEX product_external_id_product_idx ON product_external_id (product_id);
      INSERT INTO product_external_id (external_id, product_id)
      SELECT e.key || ':' || e.value, p.id
      FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
      CROSS JOIN LATERAL jsonb_each_text(coalesce(r.document -> 'externalIds', '{}')) AS e (key, value);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE product_external_id, import_mapping, import_print, import_staged, import_key;
      ALTER TABLE import_row_result ADD COLUMN reason text, ADD COLUMN remedy text;
      UPDATE import_row_result SET reason = coalesce(params ->> 'reason', code), remedy = coalesce(params ->> 'remedy', '');
      ALTER TABLE import_row_result ALTER COLUMN reason SET NOT NULL, ALTER COLUMN remedy SET NOT NULL,
        DROP COLUMN place, DROP COLUMN code, DROP COLUMN params;
    `);
  }
}
