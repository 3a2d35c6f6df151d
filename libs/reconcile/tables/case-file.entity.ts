import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Something a person has to look at: a card that flaps, a brake that was pulled. */
@Entity('case_file')
@Index('case_file_account', ['accountId', 'state'])
export class CaseFile {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @ForeignKey('channel_account', { name: 'case_file_account_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @ForeignKey('listing', { name: 'case_file_listing_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'listing_id', type: 'bigint', nullable: true })
  listingId!: string | null;

  @Column({ type: 'text', nullable: true })
  facet!: string | null;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text', default: 'open' })
  state!: string;

  @Column({ type: 'jsonb', default: {} })
  details!: unknown;

  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt!: Date;

  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt!: Date | null;
}
