import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { ProductDocument } from '../document/product-document.js';
import { attributeKeys } from '../search/attribute-keys.js';

const PER_PAGE = 2_000;

/** Declared attributes, bundles, variants, templates, settings, and what the search of the catalog needs. */
export class CatalogModel1790000001100 implements MigrationInterface {
  readonly name = 'CatalogModel1790000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE product ADD COLUMN brand text, ADD COLUMN variant_key bigint, ADD COLUMN view_version integer NOT NULL DEFAULT 0;
      ALTER TABLE product SET (fillfactor = 80);
      UPDATE product p SET brand = r.document ->> 'brand' FROM product_revision r
        WHERE r.product_id = p.id AND r.revision = p.revision AND r.document ? 'brand';
      CREATE INDEX product_brand_idx ON product (brand, id);
      CREATE INDEX product_sku_prefix_idx ON product (sku text_pattern_ops);
      CREATE INDEX product_words_idx ON product USING gin (to_tsvector('russian', title || ' ' || coalesce(brand, '')));
      CREATE INDEX product_draft_idx ON product (id) WHERE approved_revision IS DISTINCT FROM revision;
      CREATE TABLE product_attribute_key (
        product_id bigint NOT NULL,
        keys bigint[] NOT NULL,
        CONSTRAINT product_attribute_key_pkey PRIMARY KEY (product_id),
        CONSTRAINT product_attribute_key_product_fkey FOREIGN KEY (product_id) REFERENCES product (id)
      );
      CREATE INDEX product_attribute_key_idx ON product_attribute_key USING gin (keys) WITH (gin_pending_list_limit = 16384);
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
    await keyAttributes(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE product_attribute_key, bulk_refusal, bulk_change, catalog_setting, content_template, product_component, attribute_declaration;
      DROP INDEX product_draft_idx, product_words_idx, product_sku_prefix_idx, product_brand_idx;
      ALTER TABLE product RESET (fillfactor);
      ALTER TABLE product DROP COLUMN view_version, DROP COLUMN variant_key, DROP COLUMN brand;
    `);
  }
}

/** Products that stood before this migration are found by their attributes too. */
async function keyAttributes(runner: QueryRunner): Promise<void> {
  for (let after = '0'; ;) {
    const rows: { id: string; attributes: ProductDocument['attributes'] }[] = await runner.query(
      `SELECT p.id, r.document -> 'attributes' AS attributes FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision
       WHERE p.id > $1 ORDER BY p.id LIMIT ${PER_PAGE}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return;
    const keyed = rows.map(({ id, attributes }) => ({ id, keys: Array.from(attributeKeys({ attributes: attributes ?? {} }), String) }));
    await runner.query('INSERT INTO product_attribute_key (product_id, keys) SELECT id, keys FROM jsonb_to_recordset($1::jsonb) AS k (id bigint, keys bigint[])', [
      JSON.stringify(keyed),
    ]);
    after = last.id;
  }
}
