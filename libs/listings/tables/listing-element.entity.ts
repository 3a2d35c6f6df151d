import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Fingerprints of single pictures and normalised texts that are wanted, to find whose element a drifted card shows. */
@Entity('listing_element')
@Index('listing_element_lookup', ['accountId', 'facet', 'element'])
export class ListingElement {
  @ForeignKey('listing', { name: 'listing_element_listing_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'text' })
  facet!: string;

  @PrimaryColumn({ type: 'bigint' })
  element!: string;
}
