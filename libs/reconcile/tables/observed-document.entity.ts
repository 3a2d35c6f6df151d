import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The last document seen of a facet on the channel, behind the fingerprint its facet row holds. */
@Entity('observed_document')
// Which cards show a picture: over JSON and partial, which TypeORM cannot describe.
@Index('observed_document_media', { synchronize: false })
export class ObservedDocument {
  @ForeignKey('listing', { name: 'observed_document_listing_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @PrimaryColumn({ type: 'text' })
  facet!: string;

  @PrimaryColumn({ type: 'text', default: '' })
  part!: string;

  @Column({ type: 'bigint' })
  print!: string;

  @Column({ type: 'integer' })
  projection!: number;

  @Column({ type: 'jsonb' })
  body!: unknown;

  @Column({ name: 'seen_at', type: 'timestamptz' })
  seenAt!: Date;
}
