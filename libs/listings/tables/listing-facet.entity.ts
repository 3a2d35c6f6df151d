import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** One facet of one card (for stock: of one warehouse, its `part`): three fingerprints and a state. docs/facet-states.md tells who writes what. */
@Entity('listing_facet')
@Check('listing_facet_state_known', `state IN ('unknown', 'pending', 'sending', 'settling', 'unverified', 'in_sync', 'drifted', 'held', 'failing', 'ignored')`)
@Index('listing_facet_work', ['accountId', 'state', 'dueAt'])
@Index('listing_facet_desired', ['facet', 'desired'])
@Index('listing_facet_intent', ['intentId'])
export class ListingFacet {
  @ForeignKey('listing', { name: 'listing_facet_listing_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @PrimaryColumn({ type: 'text' })
  facet!: string;

  @PrimaryColumn({ type: 'text', default: '' })
  part!: string;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @Column({ type: 'text' })
  state!: string;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ type: 'bigint', nullable: true })
  desired!: string | null;

  @Column({ name: 'desired_revision', type: 'integer', nullable: true })
  desiredRevision!: number | null;

  @Column({ type: 'bigint', nullable: true })
  expected!: string | null;

  @Column({ name: 'expected_for', type: 'bigint', nullable: true })
  expectedFor!: string | null;

  @Column({ type: 'bigint', nullable: true })
  observed!: string | null;

  @Column({ type: 'bigint', nullable: true })
  before!: string | null;

  @Column({ name: 'push_ended_at', type: 'timestamptz', nullable: true })
  pushEndedAt!: Date | null;

  @Column({ name: 'settle_until', type: 'timestamptz', nullable: true })
  settleUntil!: Date | null;

  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt!: Date | null;

  @Column({ type: 'timestamptz' })
  since!: Date;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ name: 'intent_id', type: 'bigint', nullable: true })
  intentId!: string | null;

  @Column({ name: 'drift_id', type: 'bigint', nullable: true })
  driftId!: string | null;
}
