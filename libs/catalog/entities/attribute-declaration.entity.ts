import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an attribute has to look like in a category and under it; category '' is every product. */
@Entity('attribute_declaration')
export class AttributeDeclarationEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'attribute_declaration_pkey' }) category!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'attribute_declaration_pkey' }) name!: string;
  /** text, number, yes-no or option */
  @Column('text') type!: string;
  @Column('text', { nullable: true }) unit!: string | null;
  @Column('text', { array: true, nullable: true }) options!: string[] | null;
  @Column('boolean', { default: false }) multiple!: boolean;
  @Column('boolean', { default: false }) required!: boolean;
  @Column('text') author!: string;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date;
}
