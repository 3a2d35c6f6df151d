import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ValidationIssue } from '../faults/validation-issue.js';

/** A product that a bulk job left as it was, and why. */
@Entity('bulk_refusal')
export class BulkRefusalEntity {
  @PrimaryColumn('bigint', { name: 'job_id', primaryKeyConstraintName: 'bulk_refusal_pkey' }) jobId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'bulk_refusal_pkey' }) sku!: string;
  @Column('jsonb') issues!: readonly ValidationIssue[];
}
