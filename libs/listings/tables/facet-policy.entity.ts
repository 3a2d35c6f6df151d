import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** How far the hub may go by itself on one facet of one account: observe, approve, auto. */
@Entity('facet_policy')
@Check('facet_policy_mode_known', `mode IN ('observe', 'approve', 'auto')`)
export class FacetPolicy {
  @ForeignKey('channel_account', { name: 'facet_policy_account_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'text' })
  facet!: string;

  @Column({ type: 'text' })
  mode!: string;
}
