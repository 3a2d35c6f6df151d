import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A person's decision that a difference does not matter: by whom, why and until when. */
@Entity('ignore_rule')
@Index('ignore_rule_account', ['accountId'])
export class IgnoreRule {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @ForeignKey('channel_account', { name: 'ignore_rule_account_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @ForeignKey('listing', { name: 'ignore_rule_listing_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'listing_id', type: 'bigint', nullable: true })
  listingId!: string | null;

  @Column({ type: 'text' })
  facet!: string;

  @Column({ type: 'text', nullable: true })
  path!: string | null;

  @Column({ type: 'text' })
  author!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
