import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an account (or accounts of one seller) spent of a rate with a long window, at a moment of its clock; unlogged, like all that an unchanged account writes. */
@Entity('sweep_spend')
export class SweepSpend {
  @PrimaryColumn({ type: 'text' })
  spender!: string;

  @PrimaryColumn({ type: 'text' })
  bucket!: string;

  @PrimaryColumn({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'integer' })
  cost!: number;
}
