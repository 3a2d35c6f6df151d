import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A picture behind a channel URL: fetched once, recognised by its hashes. */
@Entity('picture')
@Index('picture_work', ['accountId', 'state', 'dueAt'])
export class Picture {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'text' })
  url!: string;

  @Column({ type: 'text' })
  state!: string;

  @Column({ type: 'bigint', nullable: true })
  phash!: string | null;

  @Column({ type: 'bytea', nullable: true })
  colour!: Buffer | null;

  @Column({ name: 'bytes_digest', type: 'text', nullable: true })
  bytesDigest!: string | null;

  @Column({ name: 'body_digest', type: 'text', nullable: true })
  bodyDigest!: string | null;

  @Column({ type: 'integer', default: 0 })
  attempts!: number;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt!: Date;

  @Column({ name: 'fetched_at', type: 'timestamptz', nullable: true })
  fetchedAt!: Date | null;
}
