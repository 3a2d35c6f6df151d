import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Fingerprint of a card as one bulk read last told it: an equal one ends the work on that card. */
@Entity('read_print')
export class ReadPrint {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'text' })
  source!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'bigint' })
  print!: string;
}
