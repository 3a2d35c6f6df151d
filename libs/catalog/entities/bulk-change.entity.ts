import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A product of a bulk job: the revision the person saw, and the one the job made. What an undo goes by. */
@Entity('bulk_change')
export class BulkChangeEntity {
  @PrimaryColumn('bigint', { name: 'job_id', primaryKeyConstraintName: 'bulk_change_pkey' }) jobId!: string;
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'bulk_change_pkey' }) productId!: string;
  @Column('integer') before!: number;
  /** Absent until it was changed, and for good when it was refused. */
  @Column('integer', { nullable: true }) after!: number | null;
}
