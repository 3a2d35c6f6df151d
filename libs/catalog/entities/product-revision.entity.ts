import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { ProductDocument } from '../document/product-document.js';
import type { RevisionCause } from '../write/revision-cause.js';
import { ProductEntity } from './product.entity.js';

/** A product as it stood after one change. Never updated but for `approved`, never deleted: a trigger refuses. */
@Entity('product_revision')
export class ProductRevisionEntity {
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'product_revision_pkey' }) productId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'product_revision_pkey' }) revision!: number;
  @Column('jsonb') document!: ProductDocument;
  /** SHA-256 over the canonical document. */
  @Column('bytea') digest!: Buffer;
  @Column('text') author!: string;
  @Column('jsonb') cause!: RevisionCause;
  @Column('boolean') approved!: boolean;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;

  @ManyToOne(() => ProductEntity)
  @JoinColumn({ name: 'product_id', foreignKeyConstraintName: 'product_revision_product_fkey' })
  product?: ProductEntity;
}
