import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which revision a bulk job found and which it made: what an undo goes by. */
@Entity('bulk_change')
export class BulkChangeEntity {
  @PrimaryColumn('bigint', { name: 'job_id', primaryKeyConstraintName: 'bulk_change_pkey' }) jobId!: string;
  @PrimaryColumn('bigint', { name: 'product_id', primaryKeyConstraintName: 'bulk_change_pkey' }) productId!: string;
  @Column('integer') before!: number;
  @Column('integer') after!: number;
}
