import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ProductEntity } from './product.entity.js';

/** Which product holds a barcode now; one barcode, one product. */
@Entity('product_barcode')
@Index('product_barcode_product_idx', ['productId'])
export class ProductBarcodeEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'product_barcode_pkey' }) barcode!: string;
  @Column('bigint', { name: 'product_id' }) productId!: string;

  @ManyToOne(() => ProductEntity)
  @JoinColumn({ name: 'product_id', foreignKeyConstraintName: 'product_barcode_product_fkey' })
  product?: ProductEntity;
}
