import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ProductModelEntity } from './product-model.entity.js';

/** One row a product: which revision is the newest and which is approved. Title and category repeat the newest document, for lists. */
@Entity('product')
@Unique('product_sku_key', ['sku'])
@Index('product_category_idx', ['category', 'id'])
@Index('product_model_idx', ['modelId'])
export class ProductEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'product_pkey' })
  id!: string;

  @Column('text') sku!: string;
  @Column('integer') revision!: number;
  @Column('integer', { name: 'approved_revision', nullable: true }) approvedRevision!: number | null;
  @Column('bigint', { name: 'model_id', nullable: true }) modelId!: string | null;
  @Column('text') title!: string;
  @Column('text') category!: string;
  @Column('boolean') archived!: boolean;
  /** Digest of the newest revision. */
  @Column('bytea') digest!: Buffer;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date;

  @ManyToOne(() => ProductModelEntity)
  @JoinColumn({ name: 'model_id', foreignKeyConstraintName: 'product_model_fkey' })
  model?: ProductModelEntity | null;
}
