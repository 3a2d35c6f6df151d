import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Up to where a card without a product was compared with the catalog: it is looked at again when either side has moved on. */
@Entity('orphan_look')
export class OrphanLook {
  @ForeignKey('listing', { name: 'orphan_look_listing_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  /** The newest of its documents that was considered; account clock. */
  @Column({ name: 'seen_until', type: 'timestamptz' })
  seenUntil!: Date;

  /** The newest product there was. */
  @Column({ name: 'newest_product', type: 'bigint' })
  newestProduct!: string;

  /** The product that could be made of it, but for its SKU and pictures; null where the channel makes none. */
  @Column({ type: 'jsonb', nullable: true })
  draft!: unknown;
}
