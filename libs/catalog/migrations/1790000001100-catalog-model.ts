import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Declared attributes, bundles, variants, templates, settings, and what the search of the catalog needs. */
export class CatalogModel1790000001100 implements MigrationInterface {
  readonly name = 'CatalogModel1790000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE product ADD COLUMN brand text, ADD COLUMN variant_key bigint, ADD COLUMN view_version integer NOT NULL DEFAULT 0, ADD COLUMN attribute_keys bigint[] NOT NULL DEFAULT '{}';
      ALTER TABLE product SET (fillfactor = 80);
      UPDATE product p SET brand = r.document ->> 'brand' FROM product_revision r
        WHERE r.product_id = p.id AND r.revision = p.revision AND r.document ? 'brand';
      CREATE INDEX product_brand_idx ON product (brand, id);
      CREATE INDEX product_sku_prefix_idx ON product (sku text_pattern_ops);
      CREATE INDEX product_words_idx ON product USING gin (to_tsvector('russian', title || ' ' || coalesce(brand, '')));
      CREATE INDEX product_attribute_idx ON product USING gin (attribute_keys);
      CREATE INDEX product_draft_idx ON product (id) WHERE approved_revision IS DISTINCT FROM revision;
      CREATE TABLE attribute_declaration (
        category text NOT NULL,
        name text NOT NULL,
        type text NOT NULL,
        unit text,
        options text[],
        multiple boolean NOT NULL DEFAULT false,
        required boolean NOT NULL DEFAULT false,
        author text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT attribute_declaration_pkey PRIMARY KEY (category, name)
      );
      CREATE TABLE product_component (
        bundle_id bigint NOT NULL,
        sku text NOT NULL,
        quantity integer NOT NULL,
        CONSTRAINT product_component_pkey PRIMARY KEY (bundle_id, sku),
        CONSTRAINT product_component_bundle_fkey FOREIGN KEY (bundle_id) REFERENCES product (id)
      );
      CREATE INDEX product_component_sku_idx ON product_component (sku);
      CREATE TABLE content_template (
        channel text NOT NULL,
        category text NOT NULL,
        field text NOT NULL,
        pattern text NOT NULL,
        author text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT content_template_pkey PRIMARY KEY (channel, category, field)
      );
      CREATE TABLE catalog_setting (
        name text NOT NULL,
        value jsonb NOT NULL,
        author text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT catalog_setting_pkey PRIMARY KEY (name)
      );
      CREATE TABLE bulk_change (
        job_id bigint NOT NULL,
        product_id bigint NOT NULL,
        before integer NOT NULL,
        after integer,
        CONSTRAINT bulk_change_pkey PRIMARY KEY (job_id, product_id)
      );
      CREATE TABLE bulk_refusal (
        job_id bigint NOT NULL,
        sku text NOT NULL,
        issues jsonb NOT NULL,
        CONSTRAINT bulk_refusal_pkey PRIMARY KEY (job_id, sku)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE bulk_refusal, bulk_change, catalog_setting, content_template, product_component, attribute_declaration;
      DROP INDEX product_draft_idx, product_attribute_idx, product_words_idx, product_sku_prefix_idx, product_brand_idx;
      ALTER TABLE product RESET (fillfactor);
      ALTER TABLE product DROP COLUMN attribute_keys, DROP COLUMN view_version, DROP COLUMN variant_key, DROP COLUMN brand;
    `);
  }
}
