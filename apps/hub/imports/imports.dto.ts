import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { IMPORT_MODES, IMPORT_POLICIES, LENGTH_UNITS, type ImportMode, type ImportPolicy } from '#catalog';
import { AnyField, IdField, ListField, TextField, TextsField, WholeField, YesNoField } from '../http/answer-fields.js';
import { PagingDto } from '../http/paging.dto.js';
import { JobDto } from '../jobs/jobs.dto.js';
import { ChoicesField } from './import-choices.js';

const asBoolean = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

/** How a file is imported; given in the query of an upload, or in the body when an upload is started. */
export class ImportOptionsDto {
  @ApiPropertyOptional({ description: 'csv, xlsx, …; found out when absent' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(30, { message: 'must have at most 30 characters' })
  readonly format?: string;

  @ApiPropertyOptional({ enum: IMPORT_MODES, default: 'upsert' })
  @IsOptional()
  @IsIn(IMPORT_MODES, { message: `must be one of ${IMPORT_MODES.join(', ')}` })
  readonly mode?: ImportMode;

  @ApiPropertyOptional({ enum: IMPORT_POLICIES, default: 'reject-failed-rows', description: 'reject-all: nothing is written when one row fails' })
  @IsOptional()
  @IsIn(IMPORT_POLICIES, { message: `must be one of ${IMPORT_POLICIES.join(', ')}` })
  readonly policy?: ImportPolicy;

  @ApiPropertyOptional({ description: 'check, compare and count, write nothing', default: false })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly dry_run?: boolean;

  @ApiPropertyOptional({ description: 'the file shrank or empties many goods, and that is meant', default: false })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly accept?: boolean;

  @ApiPropertyOptional({ default: 'RUB', description: 'currency of the prices in the file' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'must be three capital letters, e.g. RUB', context: { code: 'currency' } })
  readonly currency?: string;
}

export class ImportQueryDto extends ImportOptionsDto {
  @ApiPropertyOptional({ description: 'of 1C: the type of price that is taken, by name or id' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly price_type?: string;

  @ApiPropertyOptional({ enum: LENGTH_UNITS, description: 'of 1C: what sizes are measured in; metres when absent' })
  @IsOptional()
  @IsIn(LENGTH_UNITS, { message: `must be one of ${LENGTH_UNITS.join(', ')}` })
  readonly length_unit?: string;

  @ApiPropertyOptional({ description: 'of a workbook: the sheet that is read; the first visible one when absent' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly sheet?: string;

  @ApiPropertyOptional({ description: 'name of the file, as the history of each product shows it' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(300, { message: 'must have at most 300 characters' })
  readonly name?: string;
}

export class UploadQueryDto {
  @ApiPropertyOptional({ description: 'name of the file' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(300, { message: 'must have at most 300 characters' })
  readonly name?: string;

  @ApiPropertyOptional({ description: 'csv, xlsx, …; found out when absent' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(30, { message: 'must have at most 30 characters' })
  readonly format?: string;
}

export class StartImportDto extends ImportOptionsDto {
  @ApiPropertyOptional({
    type: [String],
    description: 'what each column means, in order: title, stock:main, weight:kg, attribute:Цвет, attribute:Мощность [W], json:overrides, ignored',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list of meanings' })
  @ArrayMaxSize(2000, { message: 'must have at most 2000 columns' })
  @IsString({ each: true, message: 'must hold texts' })
  readonly columns?: string[];

  @ApiPropertyOptional({ description: 'use these meanings when a table with the same columns comes again', default: true })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  readonly remember?: boolean;

  @ChoicesField()
  readonly choices?: Record<string, string>;
}

export class TemplateQueryDto {
  @ApiPropertyOptional({ description: 'a category path: its attributes become columns' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  readonly category?: string;
}

export const NOTE_OUTCOMES = ['failed', 'skipped', 'warning'] as const;

export class ReportQueryDto extends PagingDto {
  @ApiPropertyOptional({ enum: NOTE_OUTCOMES })
  @IsOptional()
  @IsIn(NOTE_OUTCOMES, { message: `must be one of ${NOTE_OUTCOMES.join(', ')}` })
  readonly outcome?: (typeof NOTE_OUTCOMES)[number];
}

export class ReportFileDto {
  @ApiProperty({ enum: ['xlsx', 'csv'] })
  @IsIn(['xlsx', 'csv'], { message: 'must be xlsx or csv' })
  readonly kind!: 'xlsx' | 'csv';

  @ApiProperty()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be an id', context: { code: 'id' } })
  readonly id!: string;
}

export class ImportDto extends JobDto {
  @TextField({ description: 'name of the file' })
  readonly name!: string;

  @TextField()
  readonly mode!: string;

  @TextField()
  readonly policy!: string;

  @YesNoField()
  readonly dry_run!: boolean;

  @WholeField({ description: 'created + updated + unchanged + failed + skipped' })
  readonly rows!: number;

  @WholeField()
  readonly created!: number;

  @WholeField()
  readonly updated!: number;

  @WholeField()
  readonly unchanged!: number;

  @WholeField()
  readonly failed!: number;

  @WholeField()
  readonly skipped!: number;

  @TextField({ description: 'where the report of every row is downloaded as .xlsx; .csv works too' })
  readonly report!: string;

  @TextField({ nullable: true, description: 'where every field that would change is downloaded: for dry runs and held imports' })
  readonly changes!: string | null;
}

export class ReportLineDto {
  @WholeField({ description: 'counts the rows of the file from 1; 0 speaks of the file as a whole' })
  readonly row!: number;

  @TextField({ description: 'where a person finds it' })
  readonly place!: string;

  @TextField()
  readonly outcome!: string;

  @TextField({ nullable: true })
  readonly sku!: string | null;

  @TextField()
  readonly field!: string;

  @TextField()
  readonly value!: string;

  @TextField({ description: 'stable name of the fault' })
  readonly code!: string;

  @TextField()
  readonly reason!: string;

  @TextField()
  readonly remedy!: string;
}

class PreviewColumnDto {
  @TextField()
  readonly header!: string;

  @TextField({ description: 'what it is taken for' })
  readonly meaning!: string;

  @AnyField({ optional: true, description: 'why it is not taken, or taken with a doubt: code, reason, remedy' })
  readonly doubt?: object;
}

export class UploadedImportDto {
  @TextField({ description: 'start it with POST /api/imports/uploads/:id/start within a day' })
  readonly upload_id!: string;

  @TextField()
  readonly name!: string;

  @IdField({ description: 'bytes' })
  readonly bytes!: string;

  @TextField()
  readonly format!: string;

  @ListField(PreviewColumnDto, { nullable: true, description: 'only for tables' })
  readonly columns!: readonly PreviewColumnDto[] | null;

  @YesNoField({ description: 'the meanings come from the last table with these columns' })
  readonly remembered!: boolean;

  @AnyField({ description: 'the first rows, a list of texts each' })
  readonly rows!: readonly (readonly string[])[];

  @TextsField({ description: 'what is to be said of the file as a whole' })
  readonly notes!: readonly string[];
}
