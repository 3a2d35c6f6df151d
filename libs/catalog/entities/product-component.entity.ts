import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ProductEntity } from './product.entity.js';

/** What the newest revision of a bundle is made of. */
@Entity('product_component')
@Index('product_component_sku_idx', ['sku'])
export class ProductComponentEntity {
  @PrimaryColumn('bigint', { name: 'bundle_id', primaryKeyConstraintName: 'product_component_pkey' }) bundleId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'product_component_pkey' }) sku!: string;
  @Column('integer') quantity!: number;

  @ManyToOne(() => ProductEntity)
  @JoinColumn({ name: 'bundle_id', foreignKeyConstraintName: 'product_component_bundle_fkey' })
  bundle?: ProductEntity;
}
