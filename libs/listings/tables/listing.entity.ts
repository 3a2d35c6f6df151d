import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A product's card on one account; `key` is the seller's article there, `state` the worst of its facets (kept by a trigger). */
@Entity('listing')
@Index('listing_account_key', ['accountId', 'key'], { unique: true })
@Index('listing_account_product', ['accountId', 'productId'])
@Index('listing_account_external', ['accountId', 'externalId'])
@Index('listing_account_state', ['accountId', 'state', 'id'])
export class Listing {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @ForeignKey('channel_account', { name: 'listing_account_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @ForeignKey('product', { name: 'listing_product_id_fkey' })
  @Column({ name: 'product_id', type: 'bigint', nullable: true })
  productId!: string | null;

  @Column({ type: 'text' })
  key!: string;

  @Column({ name: 'external_id', type: 'text', nullable: true })
  externalId!: string | null;

  @Column({ type: 'jsonb', default: {} })
  ids!: unknown;

  @Column({ type: 'text', default: 'unknown' })
  state!: string;

  @Column({ name: 'planned_revision', type: 'integer', nullable: true })
  plannedRevision!: number | null;

  @Column({ name: 'planned_rules', type: 'integer', nullable: true })
  plannedRules!: number | null;

  @Column({ name: 'planned_view', type: 'integer', default: 0 })
  plannedView!: number;

  @Column({ name: 'frozen_until', type: 'timestamptz', nullable: true })
  frozenUntil!: Date | null;

  @Column({ name: 'absent_sweep', type: 'bigint', nullable: true })
  absentSweep!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
