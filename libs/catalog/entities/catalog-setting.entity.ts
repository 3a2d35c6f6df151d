import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('catalog_setting')
export class CatalogSettingEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'catalog_setting_pkey' }) name!: string;
  @Column('jsonb') value!: unknown;
  @Column('text') author!: string;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date;
}
