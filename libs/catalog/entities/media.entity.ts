import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A stored picture; its bytes lie in the media store under the digest. */
@Entity('media')
@Index('media_phash_idx', ['phash'])
export class MediaEntity {
  /** SHA-256 of the bytes, hex. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'media_pkey' }) digest!: string;
  @Column('text') mime!: string;
  @Column('integer') width!: number;
  @Column('integer') height!: number;
  @Column('integer') bytes!: number;
  /** 64-bit perceptual hash as a signed number. */
  @Column('bigint') phash!: string;
  /** 8×8 mean colours, RGB. */
  @Column('bytea') colour!: Buffer;
  @Column('jsonb', { nullable: true }) origin!: Record<string, string> | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
