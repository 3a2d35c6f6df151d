import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One link of an account's evidence chain; append-only by trigger. `at` is the account's clock, `recorded_at` the wall. */
@Entity('evidence')
@Index('evidence_listing', ['listingId', 'seq'])
@Index('evidence_drift', ['driftId', 'seq'])
export class EvidenceEntryRow {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'bigint' })
  seq!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ name: 'listing_id', type: 'bigint', nullable: true })
  listingId!: string | null;

  @Column({ name: 'drift_id', type: 'bigint', nullable: true })
  driftId!: string | null;

  @Column({ name: 'intent_id', type: 'bigint', nullable: true })
  intentId!: string | null;

  @Column({ type: 'text', nullable: true })
  facet!: string | null;

  @Column({ type: 'bytea' })
  digest!: Buffer;

  @Column({ type: 'bytea' })
  previous!: Buffer;

  @Column({ type: 'bytea' })
  hash!: Buffer;
}
