import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The words a product is found by; apart from the product, so that a new title touches no other index. It refers to its product by id only: it is made
 * anew from it at any time, and a foreign key would be looked up for every row that is written.
 */
@Entity('product_words')
@Index('product_words_idx', { synchronize: false })
export class ProductWordsEntity {
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'product_words_pkey' }) productId!: string;
  @Column('tsvector') words!: string;
}
