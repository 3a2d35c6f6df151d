import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A product that moved, written with the change; every account looks at it by itself, and it goes after a while. */
@Entity('outbox')
@Index('outbox_xid_idx', ['xid'])
export class OutboxEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'outbox_pkey' })
  id!: string;

  @Column('text') topic!: string;
  @Column('bigint', { name: 'product_id' }) productId!: string;
  @Column('integer') revision!: number;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  /** The transaction that wrote it: later ones may be visible earlier. */
  @Column('bigint', { default: () => 'txid_current()' }) xid!: string;
}
