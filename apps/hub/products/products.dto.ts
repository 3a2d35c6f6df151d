import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, MaxLength, Min, ValidateNested } from 'class-validator';
import { DOCUMENT_FIELDS, type DocumentField, MAX_SKU } from '#catalog';

const asBoolean = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

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

export class BatchItemDto {
  @ApiProperty()
  @IsString({ message: 'must be a text' })
  @MaxLength(MAX_SKU, { message: `must have at most ${MAX_SKU} characters` })
  readonly sku!: string;

  @ApiProperty({ minimum: 0, description: 'the revision the editor saw; 0 makes a new product' })
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be at least 0' })
  readonly based_on!: number;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'fields to change; null removes an optional one' })
  @IsObject({ message: 'must be an object of product fields' })
  readonly patch!: Record<string, unknown>;
}

export class BatchDto {
  @ApiProperty({ type: [BatchItemDto], maxItems: 1000 })
  @IsArray({ message: 'must be a list' })
  @ArrayMinSize(1, { message: 'must not be empty' })
  @ArrayMaxSize(1000, { message: 'must be at most 1000 items' })
  @ValidateNested({ each: true })
  @Type(() => BatchItemDto)
  readonly items!: BatchItemDto[];

  @ApiPropertyOptional({ default: false, description: 'one refusal, and nothing is kept' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  readonly all_or_nothing?: boolean;
}

export class SeenDraftDto {
  @ApiProperty()
  @IsString({ message: 'must be a text' })
  @MaxLength(MAX_SKU, { message: `must have at most ${MAX_SKU} characters` })
  readonly sku!: string;

  @ApiProperty({ minimum: 1, description: 'the revision that was looked at' })
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be at least 1' })
  readonly revision!: number;
}

export class SeenDraftsDto {
  @ApiProperty({ type: [SeenDraftDto], maxItems: 1000 })
  @IsArray({ message: 'must be a list' })
  @ArrayMinSize(1, { message: 'must not be empty' })
  @ArrayMaxSize(1000, { message: 'must be at most 1000 items' })
  @ValidateNested({ each: true })
  @Type(() => SeenDraftDto)
  readonly items!: SeenDraftDto[];
}

export class CompareQueryDto {
  @ApiProperty({ minimum: 1 })
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be at least 1' })
  readonly from!: number;

  @ApiPropertyOptional({ minimum: 1, description: 'the newest when absent' })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'must be a whole number' })
  @Min(1, { message: 'must be at least 1' })
  readonly to?: number;
}

export class CatalogSettingsDto {
  @ApiProperty({ description: 'edits wait as drafts until somebody approves them' })
  @IsBoolean({ message: 'must be true or false' })
  readonly edits_need_approval!: boolean;
}
