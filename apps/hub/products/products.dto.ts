import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { DOCUMENT_FIELDS, type DocumentField } from '#catalog';
import { PagingDto } from '../http/paging.dto.js';

const asBoolean = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

export class ProductQueryDto extends PagingDto {
  @ApiPropertyOptional({ description: 'part of a SKU or title' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly text?: string;

  @ApiPropertyOptional({ description: 'a category path; what lies under it is included' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  readonly category?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly sku_prefix?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly archived?: boolean;
}

export class DraftQueryDto {
  @ApiPropertyOptional({ description: 'make a revision that waits for approval', default: false })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly draft?: boolean;
}

export class HistoryQueryDto {
  @ApiPropertyOptional({ minimum: 1, description: 'revisions older than this one' })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be at least 1' })
  readonly before?: number;
}

export class RestoreDto {
  @ApiProperty({ minimum: 1 })
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be at least 1' })
  readonly revision!: number;

  @ApiPropertyOptional({ enum: DOCUMENT_FIELDS, isArray: true, description: 'only these fields' })
  @IsOptional()
  @IsArray({ message: 'must be a list of fields' })
  @IsIn(DOCUMENT_FIELDS, { each: true, message: `must be of ${DOCUMENT_FIELDS.join(', ')}` })
  readonly fields?: DocumentField[];
}

export class ApproveDto {
  @ApiProperty({ minimum: 1 })
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be at least 1' })
  readonly revision!: number;
}
