import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A change that others have not looked at yet; written with the change, removed by the one who took it. */
@Entity('outbox')
export class OutboxEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'outbox_pkey' })
  id!: string;

  @Column('text') topic!: string;
  @Column('bigint', { name: 'product_id' }) productId!: string;
  @Column('integer') revision!: number;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
