import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An address from which a picture was fetched, and what it gave: it is not fetched again while nothing says that it changed. */
@Entity('picture_source')
export class PictureSourceEntity {
  /** SHA-256 of the address: addresses are longer than an index takes. */
  @PrimaryColumn('bytea', { name: 'address_hash', primaryKeyConstraintName: 'picture_source_pkey' }) addressHash!: Buffer;
  @Column('text') address!: string;
  /** The picture it gave last. */
  @Column('text') digest!: string;
  @Column('text', { nullable: true }) etag!: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) lastModified!: string | null;
  @Column('timestamptz', { name: 'fetched_at' }) fetchedAt!: Date;
}
