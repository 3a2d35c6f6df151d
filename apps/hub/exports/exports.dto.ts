import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DIFF_FORMATS, type DiffFormat, EXPORT_FORMATS, type ExportFormat } from '#catalog';

const asBoolean = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);
const asList = ({ value }: { value: unknown }): unknown => (value === undefined || Array.isArray(value) ? value : [value]);

export class ExportQueryDto {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'csv' })
  @IsIn(EXPORT_FORMATS)
  readonly format: ExportFormat = 'csv';

  @ApiPropertyOptional({ default: 'RUB', description: 'of the plain price columns; other prices stand in their JSON columns' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'must be three capital letters, e.g. RUB', context: { code: 'currency' } })
  readonly currency?: string;

  @ApiPropertyOptional({ description: 'words of title and brand, the beginning of a SKU, or a barcode' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly text?: string;

  @ApiPropertyOptional({ description: 'a category path; what lies under it is included' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly category?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly sku_prefix?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly brand?: string;

  @ApiPropertyOptional({ isArray: true, type: String, description: 'name=value, e.g. Цвет=синий; all of them must hold' })
  @IsOptional()
  @Transform(asList)
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[^=]{1,200}=.{1,500}$/s, { each: true, message: 'must be name=value', context: { code: 'attribute-pair' } })
  readonly attribute?: string[];

  @ApiPropertyOptional()
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  readonly archived?: boolean;

  @ApiPropertyOptional({ description: 'an edit waits for approval' })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  readonly draft?: boolean;
}

export class DiffQueryDto {
  @ApiPropertyOptional({ enum: DIFF_FORMATS, default: 'csv' })
  @IsIn(DIFF_FORMATS)
  readonly format: DiffFormat = 'csv';

  @ApiProperty({ description: 'the earlier state: a time (ISO 8601), or job:17 for what stood before that job' })
  @IsString()
  @MaxLength(50)
  readonly from!: string;

  @ApiPropertyOptional({ description: 'the later state: a time, or job:17 for what stood after that job; now when absent' })
  @IsOptional()
  @IsString()
  @MaxLength(50)
  readonly to?: string;
}
