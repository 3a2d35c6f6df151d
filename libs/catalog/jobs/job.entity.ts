import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { JobProgress, JobState } from './job.js';

/** Long work on the catalog (an import, a bulk edit) that survives the process that does it. */
@Entity('catalog_job')
@Index('catalog_job_open_idx', ['id'], { where: `state IN ('queued', 'running')` })
@Index('catalog_job_kind_idx', ['kind', 'id'])
export class JobEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT', primaryKeyConstraintName: 'catalog_job_pkey' })
  id!: string;

  @Column('text') kind!: string;
  @Column('text') author!: string;
  @Column('text', { default: 'queued' }) state!: JobState;
  @Column('jsonb') request!: object;
  @Column('jsonb', { nullable: true }) checkpoint!: object | null;
  @Column('jsonb', { nullable: true }) progress!: JobProgress | null;
  @Column('jsonb', { default: {} }) counts!: Record<string, number>;
  @Column('jsonb', { nullable: true }) result!: object | null;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('boolean', { default: false }) cancelling!: boolean;
  /** Claims since the last checkpoint: a job that ends its process again and again is given up. */
  @Column('integer', { default: 0 }) attempts!: number;
  /** Token of the run that holds the job, and until when on the database's clock. */
  @Column('text', { nullable: true }) lease!: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}
