import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A live card without a product and the product it may belong to. Nothing is joined before a rule or a person says so. Times on the account's clock. */
@Entity('match_proposal')
@Unique('match_proposal_pair', ['listingId', 'productId'])
@Index('match_proposal_account', ['accountId', 'state', 'id'])
@Index('match_proposal_product', ['productId'])
@Check('match_proposal_state_known', `state IN ('open', 'accepted', 'rejected')`)
export class MatchProposal {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @ForeignKey('channel_account', { name: 'match_proposal_account_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @ForeignKey('listing', { name: 'match_proposal_listing_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @ForeignKey('product', { name: 'match_proposal_product_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'product_id', type: 'bigint' })
  productId!: string;

  /** 0 to 100. */
  @Column({ type: 'integer' })
  score!: number;

  /** What speaks for it: `[{"code":"barcode","params":{"barcode":"4600…"}}, …]`. */
  @Column({ type: 'jsonb' })
  reasons!: unknown;

  @Column({ type: 'text', default: 'open' })
  state!: string;

  /** A person, or "rule:barcode"; of an open one, who took the last decision back. */
  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy!: string | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
