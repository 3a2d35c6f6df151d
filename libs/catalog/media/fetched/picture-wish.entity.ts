import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ProductEntity } from '../../entities/product.entity.js';

/** Pictures that a product was given by address and does not have yet. The newest wish of a product replaces the one before. */
@Entity('picture_wish')
@Index('picture_wish_import_idx', ['importJob', 'productId'])
export class PictureWishEntity {
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'picture_wish_pkey' }) productId!: string;
  /** The import that gave them. */
  @Column('bigint', { name: 'import_job' }) importJob!: string;
  /** Where the row stood. */
  @Column('text') place!: string;
  /** The product's when the wish was made; null for wishes older than this column. */
  @Column('integer', { nullable: true }) revision!: number | null;
  /** In order, those that are stored already too. */
  @Column('text', { array: true }) addresses!: string[];

  @ManyToOne(() => ProductEntity)
  @JoinColumn({ name: 'product_id', foreignKeyConstraintName: 'picture_wish_product_fkey' })
  product?: ProductEntity;
}
