import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A call to the channel for one card, recorded before it is sent and followed to its proven end. */
@Entity('push_intent')
@Check('push_intent_phase_known', `phase IN ('planned', 'sent', 'accepted', 'unknown', 'done', 'refused', 'lost', 'superseded')`)
@Index('push_intent_work', ['accountId', 'phase', 'dueAt'])
@Index('push_intent_listing', ['listingId', 'operation', 'sentAt'])
export class PushIntent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @ForeignKey('channel_account', { name: 'push_intent_account_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @ForeignKey('listing', { name: 'push_intent_listing_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @Column({ type: 'text' })
  operation!: string;

  @Column({ type: 'jsonb' })
  facets!: unknown;

  @Column({ name: 'write_set', type: 'jsonb' })
  writeSet!: unknown;

  @Column({ type: 'integer', nullable: true })
  revision!: number | null;

  @Column({ type: 'integer' })
  epoch!: number;

  @Column({ type: 'text' })
  purpose!: string;

  @Column({ type: 'jsonb' })
  body!: unknown;

  @Column({ type: 'text' })
  phase!: string;

  @Column({ type: 'text', nullable: true })
  receipt!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  answer!: unknown;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt!: Date | null;

  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt!: Date | null;

  @Column({ name: 'deadline_at', type: 'timestamptz', nullable: true })
  deadlineAt!: Date | null;
}
