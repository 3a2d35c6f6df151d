import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ProductEntity } from '../entities/product.entity.js';

/** Unlogged: which products a running import has met, to notice those that stand twice. Lost in a crash of the database; the file is then read again. */
@Entity('import_key')
export class ImportKeyEntity {
  @PrimaryColumn('bigint', { name: 'job_id', primaryKeyConstraintName: 'import_key_pkey' }) jobId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'import_key_pkey' }) sku!: string;
  /** File of the set. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'import_key_pkey' }) part!: string;
  @Column('text') place!: string;
}

/** Unlogged: a product as an import wants it, read and checked but not written yet. */
@Entity('import_staged')
@Index('import_staged_position_idx', ['jobId', 'position'], { unique: true })
@Index('import_staged_external_idx', ['jobId', 'externalId'], { where: 'external_id IS NOT NULL' })
export class ImportStagedEntity {
  @PrimaryColumn('bigint', { name: 'job_id', primaryKeyConstraintName: 'import_staged_pkey' }) jobId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'import_staged_pkey' }) sku!: string;
  /** Of the first row that spoke of it. */
  @Column('integer') position!: number;
  @Column('text') place!: string;
  @Column('bigint', { name: 'product_id', nullable: true }) productId!: string | null;
  @Column('integer', { name: 'based_on' }) basedOn!: number;
  /** Null: the product says this already; only the prints of its rows are new. */
  @Column('json', { nullable: true }) document!: object | null;
  @Column('text') digest!: string;
  @Column('text') title!: string;
  @Column('text') category!: string;
  @Column('text', { nullable: true }) model!: string | null;
  @Column('boolean') archived!: boolean;
  @Column('text', { array: true }) barcodes!: string[];
  @Column('text', { array: true, nullable: true }) pictures!: string[] | null;
  @Column('text', { name: 'external_id', nullable: true }) externalId!: string | null;
  /** Rows of the file by what becomes of them when this is written. */
  @Column('integer') created!: number;
  @Column('integer') updated!: number;
  @Column('integer') unchanged!: number;
  @Column('bigint', { array: true }) sources!: string[];
  @Column('bigint', { array: true }) prints!: string[];
}

/** What a row said when it was last imported: the same again, of a product still at this revision, changes nothing. */
@Entity('import_print')
export class ImportPrintEntity {
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'import_print_pkey' }) productId!: string;
  /** Fingerprint of format, header, mapping and options. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'import_print_pkey' }) source!: string;
  @Column('bigint') print!: string;
  @Column('integer') revision!: number;
}

/** What a person said the columns of such a table mean; used when a table with the same header comes again. */
@Entity('import_mapping')
export class ImportMappingEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'import_mapping_pkey' }) signature!: string;
  @Column('text', { array: true }) columns!: string[];
  @Column('text') author!: string;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date;
}

/** Which products another system knows under an id, as "system:id". */
@Entity('product_external_id')
@Index('product_external_id_product_idx', ['productId'])
export class ProductExternalIdEntity {
  @PrimaryColumn('text', { name: 'external_id', primaryKeyConstraintName: 'product_external_id_pkey' }) externalId!: string;
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'product_external_id_pkey' }) productId!: string;

  @ManyToOne(() => ProductEntity)
  @JoinColumn({ name: 'product_id', foreignKeyConstraintName: 'product_external_id_product_fkey' })
  product?: ProductEntity;
}
