import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What a revision looks like on the channel: the exact desired documents and what was found when making them. */
@Entity('listing_render')
export class ListingRender {
  @ForeignKey('listing', { name: 'listing_render_listing_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @PrimaryColumn({ type: 'integer' })
  revision!: number;

  @PrimaryColumn({ name: 'rules_version', type: 'integer' })
  rulesVersion!: number;

  @PrimaryColumn({ type: 'integer' })
  projection!: number;

  @Column({ type: 'jsonb' })
  values!: unknown;

  @Column({ type: 'jsonb' })
  diagnostics!: unknown;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
