import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { AnyField, IdField, OneOfField, TextField, TimeField } from '../http/answer-fields.js';
import { PagingDto } from '../http/paging.dto.js';

const CASE_STATES = ['open', 'closed'];

export class CaseQueryDto extends PagingDto {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be an account id', context: { code: 'id' } })
  readonly account?: string;

  @ApiPropertyOptional({ enum: CASE_STATES })
  @IsOptional()
  @IsIn(CASE_STATES, { message: 'must be open or closed' })
  readonly state?: string;
}

export class CloseCaseDto {
  @ApiProperty({ example: 'support restored the card' })
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must say what came of it' })
  @MaxLength(1000, { message: 'must have at most 1000 characters' })
  readonly reason!: string;
}

/** Something a person has to look at. */
export class CaseDto {
  @IdField()
  readonly id!: string;

  @IdField()
  readonly account_id!: string;

  @IdField({ nullable: true, description: 'null: about the whole account' })
  readonly listing_id!: string | null;

  @TextField({ nullable: true })
  readonly sku!: string | null;

  @TextField({ nullable: true })
  readonly key!: string | null;

  @TextField({ nullable: true })
  readonly title!: string | null;

  @TextField({ nullable: true })
  readonly facet!: string | null;

  @TextField({ description: 'why it was opened' })
  readonly code!: string;

  @OneOfField(CASE_STATES)
  readonly state!: string;

  @AnyField({ description: 'the drift behind it, how many cards a brake stopped, who closed it and why' })
  readonly details!: unknown;

  @TimeField()
  readonly opened_at!: string;

  @TimeField({ nullable: true })
  readonly closed_at!: string | null;
}
