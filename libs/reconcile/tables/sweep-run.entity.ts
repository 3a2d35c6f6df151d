import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One walk over an account by one lane; unlogged, so that a crash of the database forgets it and proves nothing. */
@Entity('sweep_run')
export class SweepRun {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'text' })
  lane!: string;

  @PrimaryColumn({ type: 'bigint' })
  number!: string;

  @Column({ type: 'text' })
  state!: string;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt!: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  cursor!: string | null;

  @Column({ type: 'integer', default: 0 })
  pages!: number;

  @Column({ type: 'integer', default: 0 })
  cards!: number;

  @Column({ type: 'integer', default: 0 })
  changed!: number;
}
