import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last link of each account's chain. */
@Entity('evidence_head')
export class EvidenceHeadRow {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @Column({ type: 'bigint' })
  seq!: string;

  @Column({ type: 'bytea' })
  hash!: Buffer;
}
