import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a title or description is made of a product's fields for one channel, in a category and under it. */
@Entity('content_template')
export class ContentTemplateEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'content_template_pkey' }) channel!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'content_template_pkey' }) category!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'content_template_pkey' }) field!: string;
  @Column('text') pattern!: string;
  @Column('text') author!: string;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date;
}
