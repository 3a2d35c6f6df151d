import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DIFF_FORMATS, type DiffFormat, EXPORT_FORMATS, type ExportFormat } from '#catalog';
import { ProductFilterDto } from '../products/product-query.dto.js';

/** The members of a product list's query narrow an export too. */
export class ExportQueryDto extends OmitType(ProductFilterDto, ['cursor', 'limit'] as const) {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'csv' })
  @IsIn(EXPORT_FORMATS)
  readonly format: ExportFormat = 'csv';

  @ApiPropertyOptional({ default: 'RUB', description: 'of the plain price columns; other prices stand in their JSON columns' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'must be three capital letters, e.g. RUB', context: { code: 'currency' } })
  readonly currency?: string;
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
