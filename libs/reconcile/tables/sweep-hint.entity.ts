import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A card that the channel said has changed, until a reading that began later was taken in; unlogged. */
@Entity('sweep_hint')
export class SweepHint {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @ForeignKey('listing', { name: 'sweep_hint_listing_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  /** Wall time of the newest word. */
  @Column({ type: 'timestamptz' })
  at!: Date;
}
