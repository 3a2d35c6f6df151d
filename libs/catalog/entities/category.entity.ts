import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A node of the seller's own tree, known by its names from the root joined by " / ". */
@Entity('category')
@Index('category_parent_idx', ['parentPath'])
export class CategoryEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'category_pkey' }) path!: string;
  @Column('text', { name: 'parent', nullable: true }) parentPath!: string | null;

  @ManyToOne(() => CategoryEntity)
  @JoinColumn({ name: 'parent', foreignKeyConstraintName: 'category_parent_fkey' })
  parent?: CategoryEntity | null;
}
