import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The canonical text an evidence entry digests; may be pruned, never changed. */
@Entity('evidence_body')
@ForeignKey('evidence', ['accountId', 'seq'], ['accountId', 'seq'], { name: 'evidence_body_entry' })
export class EvidenceBodyRow {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'bigint' })
  seq!: string;

  @Column({ type: 'text' })
  body!: string;
}
