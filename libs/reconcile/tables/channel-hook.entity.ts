import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Where the channel of an account delivers word of changes. */
@Entity('channel_hook')
@Check('channel_hook_state_known', `state IN ('wanted', 'kept', 'paused', 'refused')`)
export class ChannelHook {
  @ForeignKey('channel_account', { name: 'channel_hook_account_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  /** What deliveries are signed with, sealed. */
  @Column({ type: 'text' })
  secret!: string;

  /** What the channel was told; null until it was. */
  @Column({ type: 'text', nullable: true })
  url!: string | null;

  /** `wanted`: the channel does not know the secret yet. `paused`: a person switched it off there. `refused`: the channel will not have it, see `reason`. */
  @Column({ type: 'text' })
  state!: 'wanted' | 'kept' | 'paused' | 'refused';

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** When the state began, on the account's clock. */
  @Column({ type: 'timestamptz' })
  since!: Date;

  /** When a delivery that the channel had signed came last (wall time). */
  @Column({ name: 'delivered_at', type: 'timestamptz', nullable: true })
  deliveredAt!: Date | null;

  @Column({ name: 'forged_at', type: 'timestamptz', nullable: true })
  forgedAt!: Date | null;

  /** Deliveries that nobody had signed, ever. */
  @Column({ type: 'bigint', default: 0 })
  forged!: string;
}
