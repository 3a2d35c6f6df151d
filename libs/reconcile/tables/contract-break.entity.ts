import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** An answer of the channel that does not fit what is known of its API, or a call it no longer knows. One row a sort. Times on the account's clock. */
@Entity('contract_break')
export class ContractBreak {
  @ForeignKey('channel_account', { name: 'contract_break_account_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  /** What it says, without the numbers in it. */
  @PrimaryColumn({ type: 'text' })
  subject!: string;

  /** `answer`: it does not fit. `switched-off`: there is no such call any more. */
  @Column({ type: 'text' })
  kind!: 'answer' | 'switched-off';

  @Column({ type: 'text' })
  message!: string;

  /** The newest answer, redacted; null when there was none. */
  @Column({ type: 'jsonb', nullable: true })
  body!: unknown;

  @Column({ name: 'first_at', type: 'timestamptz' })
  firstAt!: Date;

  @Column({ name: 'last_at', type: 'timestamptz' })
  lastAt!: Date;

  @Column({ type: 'integer' })
  times!: number;
}
