import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Fingerprints of a product's attribute values, for the search; apart from the product, so that an edit of a price leaves their index alone. It refers to
 * its product by id only: it is made anew from it at any time, and a foreign key would be looked up for every row that is written.
 */
@Entity('product_attribute_key')
@Index('product_attribute_key_idx', { synchronize: false })
export class ProductAttributeKeyEntity {
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'product_attribute_key_pkey' }) productId!: string;
  @Column('bigint', { array: true }) keys!: string[];
}
