import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Reference data of a channel (schemas, dictionaries) as last fetched. */
@Entity('channel_reference')
export class ChannelReference {
  @PrimaryColumn({ type: 'text' })
  channel!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'jsonb' })
  body!: unknown;

  @Column({ type: 'bigint' })
  digest!: string;

  @Column({ name: 'fetched_at', type: 'timestamptz', default: () => 'now()' })
  fetchedAt!: Date;
}
