import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { AnyField, IdField, MapField, NumberField, OneOfField, TextField, TimeField, YesNoField } from '../http/answer-fields.js';
import { PagingDto } from '../http/paging.dto.js';

export const JOB_STATES = ['queued', 'running', 'held', 'done', 'failed', 'cancelled'] as const;

export class JobQueryDto extends PagingDto {
  @ApiPropertyOptional({ description: 'only jobs of this kind, e.g. import' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(50, { message: 'must have at most 50 characters' })
  readonly kind?: string;
}

export class JobDto {
  @IdField()
  readonly id!: string;

  @TextField({ description: 'what it does: import, …' })
  readonly kind!: string;

  @TextField()
  readonly author!: string;

  @OneOfField(JOB_STATES, { description: 'held: it waits for a person' })
  readonly state!: string;

  @YesNoField({ description: 'it was asked to end and does so after the batch under way' })
  readonly cancelling!: boolean;

  @AnyField({ nullable: true, description: 'how far it is: phase, done, total, unit, bytes, total_bytes' })
  readonly progress!: object | null;

  @MapField({ type: 'integer' }, { description: 'what it did so far' })
  readonly counts!: Readonly<Record<string, number>>;

  @AnyField({ nullable: true })
  readonly result!: unknown;

  @TextField({ nullable: true, description: 'why it failed' })
  readonly failure!: string | null;

  @NumberField({ nullable: true, description: 'share done, 0 to 1; null while nobody knows' })
  readonly share!: number | null;

  @TimeField()
  readonly created_at!: Date;

  @TimeField({ nullable: true })
  readonly started_at!: Date | null;

  @TimeField({ nullable: true })
  readonly finished_at!: Date | null;
}
