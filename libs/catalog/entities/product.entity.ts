import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ProductModelEntity } from './product-model.entity.js';

/** One row a product: which revision is the newest and which is approved. Title, brand and category repeat the newest document, for lists. */
@Entity('product')
@Unique('product_sku_key', ['sku'])
@Index('product_category_idx', ['category', 'id'])
@Index('product_model_idx', ['modelId'], { where: 'model_id IS NOT NULL' })
@Index('product_brand_idx', ['brand', 'id'])
@Index('product_sku_prefix_idx', { synchronize: false })
@Index('product_draft_idx', { synchronize: false })
@Check('product_draft_known', 'draft = (approved_revision IS DISTINCT FROM revision)')
export class ProductEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'product_pkey' })
  id!: string;

  @Column('text') sku!: string;
  @Column('integer') revision!: number;
  @Column('integer', { name: 'approved_revision', nullable: true }) approvedRevision!: number | null;
  /** Whether the newest revision waits for approval: a column of its own, because an index over the revisions would be touched by every edit. */
  @Column('boolean', { default: false }) draft!: boolean;
  @Column('bigint', { name: 'model_id', nullable: true }) modelId!: string | null;
  @Column('text') title!: string;
  @Column('text', { nullable: true }) brand!: string | null;
  @Column('text') category!: string;
  /** Fingerprint of the values in which it differs from the other variants of its model. */
  @Column('bigint', { name: 'variant_key', nullable: true }) variantKey!: string | null;
  @Column('boolean') archived!: boolean;
  /** By channel that is told otherwise; null: none is. */
  @Column('jsonb', { name: 'channel_archived', nullable: true }) channelArchived!: Readonly<Record<string, boolean>> | null;
  /** Raised when channels see it differently without a new revision: a template, the stock of a component. */
  @Column('integer', { name: 'view_version', default: 0 }) viewVersion!: number;
  /** Digest of the newest revision. */
  @Column('bytea') digest!: Buffer;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date;

  @ManyToOne(() => ProductModelEntity)
  @JoinColumn({ name: 'model_id', foreignKeyConstraintName: 'product_model_fkey' })
  model?: ProductModelEntity | null;
}
