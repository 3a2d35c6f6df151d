import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IdField, TextField, WholeField } from '../http/answer-fields.js';

export class RemovalQueryDto {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'give up calls whose end is not known; without it they stand in the way' })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'must be one of true, false' })
  readonly abandon?: 'true' | 'false';
}

/** What goes with an account, or went. Nothing is written to the channel: its cards stay as they are. */
export class AccountRemovalDto {
  @IdField()
  readonly account!: string;

  @TextField()
  readonly channel!: string;

  @TextField()
  readonly title!: string;

  @WholeField({ description: 'cards the hub follows there' })
  readonly listings!: number;

  @WholeField({ description: 'of these, cards of products' })
  readonly joined!: number;

  @WholeField({ description: 'changes and repairs that are not sent any more' })
  readonly unsent!: number;

  @WholeField()
  readonly open_drifts!: number;

  @WholeField()
  readonly open_cases!: number;

  @WholeField()
  readonly ignore_rules!: number;

  @WholeField({ description: 'records of the evidence: they stay, and verify' })
  readonly evidence!: number;

  @WholeField({ description: 'calls whose end is not known: nothing is removed while there are any' })
  readonly calls!: number;

  @WholeField({ description: 'jobs that read the cards of the account, likewise' })
  readonly jobs!: number;
}
