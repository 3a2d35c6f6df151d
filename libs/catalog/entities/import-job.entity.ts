import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One import of a file and what became of its rows. */
@Entity('import_job')
export class ImportJobEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'import_job_pkey' })
  id!: string;

  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('text') author!: string;
  /** running, done or failed */
  @Column('text') state!: string;
  /** Rows by outcome. */
  @Column('jsonb') counts!: Record<string, number>;
  @Column('timestamptz', { name: 'started_at', default: () => 'now()' }) startedAt!: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}
