import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { FACETS, type Facet } from '#channels/contract';
import { DRIFT_CAUSES, DRIFT_KINDS, DRIFT_STATES, type DriftState } from '#reconcile';
import { PagingDto } from '../http/paging.dto.js';

const listOf = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.split(',') : value);

export class DriftQueryDto extends PagingDto {
  @ApiPropertyOptional({ description: 'account id' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be an account id', context: { code: 'id' } })
  readonly account?: string;

  @ApiPropertyOptional({ enum: DRIFT_STATES, isArray: true, description: 'comma separated; without it everything that is not over' })
  @IsOptional()
  @Transform(listOf)
  @IsIn(DRIFT_STATES, { each: true, message: `must be of ${DRIFT_STATES.join(', ')}` })
  readonly state?: DriftState[];

  @ApiPropertyOptional({ enum: DRIFT_KINDS })
  @IsOptional()
  @IsIn(DRIFT_KINDS, { message: `must be one of ${DRIFT_KINDS.join(', ')}` })
  readonly kind?: string;

  @ApiPropertyOptional({ enum: DRIFT_CAUSES })
  @IsOptional()
  @IsIn(DRIFT_CAUSES, { message: `must be one of ${DRIFT_CAUSES.join(', ')}` })
  readonly cause?: string;

  @ApiPropertyOptional({ enum: FACETS })
  @IsOptional()
  @IsIn(FACETS, { message: `must be one of ${FACETS.join(', ')}` })
  readonly facet?: string;

  @ApiPropertyOptional({ description: 'part of a SKU, article or title' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly text?: string;
}

export class IgnoreDriftDto {
  @ApiProperty({ example: 'the supplier’s own wording is fine' })
  @IsString({ message: 'must be a text' })
  @MinLength(1, { message: 'must say why' })
  @MaxLength(1000, { message: 'must have at most 1000 characters' })
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'a path of the diff; without it the whole facet of this card' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(300, { message: 'must have at most 300 characters' })
  readonly path?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'on the account’s clock' })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'must be a time such as 2027-01-31T00:00:00Z' })
  readonly expires_at?: string;
}

export class IgnoreRuleDto extends IgnoreDriftDto {
  @ApiProperty()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be an account id', context: { code: 'id' } })
  readonly account!: string;

  @ApiPropertyOptional({ description: 'only this card' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be a listing id', context: { code: 'id' } })
  readonly listing?: string;

  @ApiProperty({ enum: FACETS })
  @IsIn(FACETS, { message: `must be one of ${FACETS.join(', ')}` })
  readonly facet!: Facet;
}

export class RuleEndDto {
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'on the account’s clock; null: never' })
  @ValidateIf((body: RuleEndDto) => body.expires_at !== null)
  @IsISO8601({ strict: true }, { message: 'must be a time such as 2027-01-31T00:00:00Z, or null' })
  readonly expires_at!: string | null;
}
