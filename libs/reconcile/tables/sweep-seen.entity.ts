import { Entity, PrimaryColumn } from 'typeorm';

/** Keys a running sweep has met, for the one anti-join when it is complete; unlogged. */
@Entity('sweep_seen')
export class SweepSeen {
  @PrimaryColumn({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @PrimaryColumn({ type: 'bigint' })
  number!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;
}
