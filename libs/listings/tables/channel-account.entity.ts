import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A connected account. `credentials` is encrypted; `state` holds back or allows the loops; `epoch` fences workers that lost their lease. */
@Entity('channel_account')
@Check('channel_account_state_known', `state IN ('active', 'paused', 'unauthorised', 'braked')`)
export class ChannelAccount {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column({ type: 'text' })
  channel!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  credentials!: string;

  @Column({ type: 'jsonb', default: {} })
  rules!: unknown;

  @Column({ name: 'rules_version', type: 'integer', default: 1 })
  rulesVersion!: number;

  @Column({ type: 'text', default: 'active' })
  state!: string;

  @Column({ name: 'state_reason', type: 'text', nullable: true })
  stateReason!: string | null;

  @Column({ name: 'clock_url', type: 'text', nullable: true })
  clockUrl!: string | null;

  @Column({ type: 'integer', default: 0 })
  epoch!: number;

  @Column({ type: 'jsonb', nullable: true })
  health!: unknown;

  @Column({ name: 'pause_until', type: 'timestamptz', nullable: true })
  pauseUntil!: Date | null;

  @Column({ name: 'quiet_hours', type: 'jsonb', nullable: true })
  quietHours!: unknown;

  /** Whether an equal barcode joins a live card to its product without asking. */
  @Column({ name: 'match_by_barcode', type: 'boolean', default: false })
  matchByBarcode!: boolean;

  /** Whose shop it is, for people who keep several. */
  @Column({ name: 'legal_entity', type: 'text', nullable: true })
  legalEntity!: string | null;

  /** When all live cards were known for the first time: nothing is created before. */
  @Column({ name: 'cards_listed_at', type: 'timestamptz', nullable: true })
  cardsListedAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;
}
