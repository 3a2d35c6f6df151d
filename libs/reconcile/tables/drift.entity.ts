import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A difference that is not an echo: named, attributed, and followed until it is gone. */
@Entity('drift')
@Check('drift_state_known', `state IN ('open', 'repairing', 'held', 'healed', 'ignored', 'superseded', 'case')`)
@Index('drift_account_state', ['accountId', 'state', 'id'])
@Index('drift_listing', ['listingId', 'facet', 'part', 'id'])
export class Drift {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @ForeignKey('channel_account', { name: 'drift_account_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @ForeignKey('listing', { name: 'drift_listing_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @Column({ type: 'text' })
  facet!: string;

  @Column({ type: 'text', default: '' })
  part!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text' })
  cause!: string;

  @Column({ type: 'jsonb', default: [] })
  partners!: unknown;

  @Column({ type: 'jsonb', default: {} })
  details!: unknown;

  @Column({ type: 'text' })
  state!: string;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'bigint', nullable: true })
  observed!: string | null;

  @Column({ type: 'bigint', nullable: true })
  expected!: string | null;

  @Column({ type: 'integer', nullable: true })
  revision!: number | null;

  @Column({ type: 'bigint', nullable: true })
  story!: string | null;

  @Column({ type: 'integer', default: 0 })
  repeats!: number;

  @Column({ type: 'integer', default: 0 })
  repairs!: number;

  @Column({ name: 'noticed_at', type: 'timestamptz' })
  noticedAt!: Date;

  @Column({ name: 'repaired_at', type: 'timestamptz', nullable: true })
  repairedAt!: Date | null;

  @Column({ name: 'healed_at', type: 'timestamptz', nullable: true })
  healedAt!: Date | null;

  @Column({ name: 'held_until', type: 'timestamptz', nullable: true })
  heldUntil!: Date | null;

  @Column({ name: 'sweep_number', type: 'bigint', nullable: true })
  sweepNumber!: string | null;
}
