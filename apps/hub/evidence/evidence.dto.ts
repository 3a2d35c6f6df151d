import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { MOST_INCIDENTS } from '#reconcile';
import { AnyField, IdField, ListField, PartField, TextField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';
import { LANGUAGES, type Language, USUAL_LANGUAGE } from '../texts/language.js';

const ONE_OF_LANGUAGES = { message: `must be one of ${LANGUAGES.join(', ')}` };

export class LocaleDto {
  @ApiPropertyOptional({ enum: LANGUAGES, default: USUAL_LANGUAGE })
  @IsOptional()
  @IsIn(LANGUAGES, ONE_OF_LANGUAGES)
  readonly locale: Language = USUAL_LANGUAGE;
}

export class PackLanguagesDto {
  @ApiPropertyOptional({ enum: LANGUAGES, description: 'what the page and the document speak; without it the language of the request (Accept-Language), else Russian' })
  @IsOptional()
  @IsIn(LANGUAGES, ONE_OF_LANGUAGES)
  readonly language?: Language;

  @ApiPropertyOptional({
    enum: LANGUAGES,
    default: USUAL_LANGUAGE,
    description: 'what the letter to support speaks: not the reader of the pack but the support of the channel reads it',
  })
  @IsOptional()
  @IsIn(LANGUAGES, ONE_OF_LANGUAGES)
  readonly letter: Language = USUAL_LANGUAGE;
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

export class VerifyQueryDto {
  @ApiPropertyOptional({ type: [String], description: 'heads somebody kept, each as account:seq:hash (the header x-etalon-head of a pack names seq and hash)' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray({ message: 'must be a list of heads' })
  @ArrayMaxSize(1000, { message: 'must have at most 1000 entries' })
  @Matches(/^[1-9]\d{0,17}:\d{1,18}:[0-9a-f]{64}$/, { each: true, message: 'must be account:seq:hash', context: { code: 'head' } })
  readonly head?: string[];
}

export class PruneDto {
  @ApiPropertyOptional({ description: 'id or title of an account; without it all' })
  @IsOptional()
  @Matches(/^.{1,200}$/, { message: 'must be an account', context: { code: 'name' } })
  readonly account?: string;

  @ApiProperty({ minimum: 30, description: 'complaints are answered within weeks: what is younger than 30 days stays' })
  @IsInt({ message: 'must be a whole number of days' })
  @Min(30, { message: 'must be at least 30' })
  @Max(36_500, { message: 'must be at most 36500' })
  readonly older_than_days!: number;
}

class PrunedAccountDto {
  @IdField()
  readonly account!: string;

  @TextField()
  readonly title!: string;

  @WholeField({ description: 'bodies that went' })
  readonly bodies!: number;
}

export class PrunedDto {
  @ListField(PrunedAccountDto)
  readonly accounts!: readonly PrunedAccountDto[];
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

  @ListField(HeadDto, { description: 'heads kept outside the database that it was compared with; none: a cut end would not show' })
  readonly compared!: readonly HeadDto[];

  @AnyField({ optional: true, description: 'the first entry that does not fit: its number, the kind of fault and what is wrong' })
  readonly problem?: unknown;
}

export class VerifiedDto {
  @YesNoField()
  readonly ok!: boolean;

  @ListField(ChainReportDto)
  readonly accounts!: readonly ChainReportDto[];
}
