import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { JobEntity } from '../jobs/job.entity.js';

/** Why a row of an imported file failed, was passed over, or was taken only in part. */
@Entity('import_row_result')
export class ImportRowResultEntity {
  @PrimaryColumn('bigint', { name: 'job_id', primaryKeyConstraintName: 'import_row_result_pkey' }) jobId!: string;
  /** Position in the report of this job, from 0. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'import_row_result_pkey' }) position!: number;
  /** Counts the rows of the whole source from 1; 0 speaks of the file as a whole. */
  @Column('integer') row!: number;
  @Column('text') outcome!: string;
  @Column('text', { nullable: true }) sku!: string | null;
  @Column('text') field!: string;
  @Column('text') value!: string;
  /** Where a person finds the row. */
  @Column('text') place!: string;
  @Column('text') code!: string;
  @Column('jsonb', { nullable: true }) params!: Record<string, string | number> | null;

  @ManyToOne(() => JobEntity)
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'import_row_result_job_fkey' })
  job?: JobEntity;
}
