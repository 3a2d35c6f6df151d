import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { ProductEntity } from './product.entity.js';

/** Fingerprints of a product's attribute values, for the search; apart from the product, so that an edit of a price leaves their index alone. */
@Entity('product_attribute_key')
@Index('product_attribute_key_idx', { synchronize: false })
export class ProductAttributeKeyEntity {
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'product_attribute_key_pkey' }) productId!: string;
  @Column('bigint', { array: true }) keys!: string[];

  @OneToOne(() => ProductEntity)
  @JoinColumn({ name: 'product_id', foreignKeyConstraintName: 'product_attribute_key_product_fkey' })
  product?: ProductEntity;
}
