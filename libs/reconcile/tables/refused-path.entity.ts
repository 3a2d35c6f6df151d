import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A value the channel erased, cut or declined: not fought until its revision or the schema changes. */
@Entity('refused_path')
export class RefusedPath {
  @ForeignKey('listing', { name: 'refused_path_listing_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'listing_id', type: 'bigint' })
  listingId!: string;

  @PrimaryColumn({ type: 'text' })
  path!: string;

  @Column({ type: 'integer', nullable: true })
  revision!: number | null;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text', nullable: true })
  message!: string | null;

  @Column({ type: 'timestamptz' })
  since!: Date;
}
