import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** What variants have in common. `axes` names the attributes in which they differ. */
@Entity('product_model')
@Unique('product_model_code_key', ['code'])
export class ProductModelEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'product_model_pkey' })
  id!: string;

  @Column('text') code!: string;
  @Column('text', { nullable: true }) title!: string | null;
  @Column('text', { array: true }) axes!: string[];
}
