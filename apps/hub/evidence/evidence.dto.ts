import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { MOST_INCIDENTS } from '#reconcile';
import { AnyField, IdField, ListField, PartField, TextField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';
import { LANGUAGES, type Language, USUAL_LANGUAGE } from '../texts/language.js';

export class LocaleDto {
  @ApiPropertyOptional({ enum: LANGUAGES, default: USUAL_LANGUAGE })
  @IsOptional()
  @IsIn(LANGUAGES, { message: `must be one of ${LANGUAGES.join(', ')}` })
  readonly locale: Language = USUAL_LANGUAGE;
}

export class PackDto {
  @ApiProperty()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be an account id', context: { code: 'id' } })
  readonly account!: string;

  @ApiPropertyOptional({ type: [String], description: 'drift ids; or skus' })
  @ValidateIf((body: PackDto) => body.skus === undefined)
  @IsArray({ message: 'must be a list of drift ids (or give skus)' })
  @ArrayNotEmpty({ message: 'must not be empty' })
  @ArrayMaxSize(MOST_INCIDENTS, { message: `must have at most ${MOST_INCIDENTS} entries` })
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'must be drift ids', context: { code: 'id' } })
  readonly drifts?: string[];

  @ApiPropertyOptional({ type: [String] })
  @ValidateIf((body: PackDto) => body.drifts === undefined)
  @IsArray({ message: 'must be a list of SKUs' })
  @ArrayNotEmpty({ message: 'must not be empty' })
  @ArrayMaxSize(MOST_INCIDENTS, { message: `must have at most ${MOST_INCIDENTS} entries` })
  @IsString({ each: true, message: 'must be texts' })
  @MaxLength(200, { each: true, message: 'must have at most 200 characters each' })
  readonly skus?: string[];
}

class StoryLineDto {
  @TimeField()
  readonly at!: string;

  @TextField()
  readonly kind!: string;

  @IdField({ optional: true, description: 'place in the chain of evidence' })
  readonly seq?: string;

  @TextField({ optional: true })
  readonly hash?: string;

  @TextField({ optional: true })
  readonly facet?: string;

  @TextField({ optional: true })
  readonly part?: string;

  @IdField({ optional: true })
  readonly driftId?: string;

  @IdField({ optional: true })
  readonly intentId?: string;

  @AnyField({ optional: true, description: 'the revision behind it: its number, author and cause' })
  readonly by?: unknown;

  @AnyField({ description: 'the text’s key and values' })
  readonly text!: unknown;

  @TextField({ description: 'the text in the language asked for' })
  readonly shown!: string;
}

class StoryWriterDto {
  @TextField()
  readonly facet!: string;

  @TextField()
  readonly part!: string;

  @AnyField({ description: 'whose write the live value is, and the proof' })
  readonly answer!: unknown;

  @TextField()
  readonly shown!: string;
}

class StoryDto {
  @IdField()
  readonly listingId!: string;

  @IdField()
  readonly accountId!: string;

  @TextField()
  readonly key!: string;

  @TextField({ nullable: true })
  readonly externalId!: string | null;

  @TextField()
  readonly state!: string;

  @ListField(StoryLineDto)
  readonly lines!: readonly StoryLineDto[];

  @ListField(StoryWriterDto)
  readonly lastWriters!: readonly StoryWriterDto[];
}

export class ExplainedDto {
  @TextField()
  readonly sku!: string;

  @ListField(StoryDto)
  readonly stories!: readonly StoryDto[];
}

class HeadDto {
  @IdField()
  readonly seq!: string;

  @TextField()
  readonly hash!: string;
}

class ChainReportDto {
  @IdField()
  readonly account!: string;

  @TextField()
  readonly title!: string;

  @YesNoField()
  readonly ok!: boolean;

  @WholeField({ description: 'entries that were checked' })
  readonly count!: number;

  @WholeField({ description: 'of these, entries whose body was pruned' })
  readonly pruned!: number;

  @PartField(HeadDto, { optional: true })
  readonly head?: HeadDto;

  @AnyField({ optional: true, description: 'the first entry that does not fit: its number, the kind of fault and what is wrong' })
  readonly problem?: unknown;
}

export class VerifiedDto {
  @YesNoField()
  readonly ok!: boolean;

  @ListField(ChainReportDto)
  readonly accounts!: readonly ChainReportDto[];
}
