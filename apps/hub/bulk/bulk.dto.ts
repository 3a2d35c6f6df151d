import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { BULK_OPERATIONS, MAX_SKU } from '#catalog';
import { IdField, ListField, MapField, TextField, TextsField, WholeField, YesNoField } from '../http/answer-fields.js';
import { ChangeDto, IssueDto } from '../products/product-answers.dto.js';
import { ProductFilterDto } from '../products/product-query.dto.js';

export class BulkFilterDto extends OmitType(ProductFilterDto, ['cursor', 'limit'] as const) {
  @ApiPropertyOptional({ type: [String], maxItems: 10_000, description: 'exactly these products' })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(10_000, { message: 'must be at most 10000 SKUs' })
  @IsString({ each: true, message: 'must be texts' })
  readonly skus?: string[];
}

export class BulkBodyDto {
  @ApiProperty({ type: BulkFilterDto, description: 'empty: every product' })
  @IsDefined({ message: 'must be an object; {} takes every product' })
  @ValidateNested()
  @Type(() => BulkFilterDto)
  readonly filter!: BulkFilterDto;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', required: ['op'], properties: { op: { type: 'string', enum: [...BULK_OPERATIONS] } }, additionalProperties: true },
    maxItems: 20,
    example: [{ op: 'multiply-price', fields: ['price'], factor: '1.1', step: 100 }],
  })
  @IsDefined({ message: 'must be a list of operations' })
  readonly operations!: unknown;
}

export class BulkStartDto extends BulkBodyDto {
  @ApiProperty({ description: 'token of the preview: it stands for exactly these products at these revisions' })
  @IsString({ message: 'must be the token of a preview' })
  @MaxLength(100, { message: 'must be the token of a preview' })
  readonly token!: string;
}

export class RefusalQueryDto {
  @ApiPropertyOptional({ description: 'SKU after which the page begins' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(MAX_SKU, { message: `must have at most ${MAX_SKU} characters` })
  readonly after?: string;
}

export class RefusalDto {
  @TextField()
  readonly sku!: string;

  @ListField(IssueDto)
  readonly issues!: readonly IssueDto[];
}

export class RefusalReasonDto {
  @TextField()
  readonly field!: string;

  @TextField({ description: 'stable name of the fault' })
  readonly code!: string;

  @WholeField({ description: 'products refused for it' })
  readonly products!: number;

  @TextsField({ description: 'the first of them' })
  readonly skus!: readonly string[];

  @TextField({ description: 'as it is told of the first of them' })
  readonly reason!: string;

  @TextField()
  readonly remedy!: string;
}

class SampledDto {
  @TextField()
  readonly sku!: string;

  @TextField()
  readonly title!: string;

  @ListField(ChangeDto)
  readonly changes!: readonly ChangeDto[];
}

class OperationCostDto {
  @TextField({ description: 'a call of the channel' })
  readonly operation!: string;

  @TextsField({ description: 'what it would carry' })
  readonly facets!: readonly string[];

  @WholeField({ description: 'requests it takes at most' })
  readonly requests!: number;

  @YesNoField({ description: 'the channel looks the cards through again' })
  readonly moderates!: boolean;
}

export class BlastRadiusDto {
  @IdField()
  readonly account_id!: string;

  @TextField()
  readonly title!: string;

  @TextField()
  readonly channel!: string;

  @WholeField({ description: 'listings whose product the edit touches' })
  readonly listings!: number;

  @TextsField({ description: 'facets that may change' })
  readonly facets!: readonly string[];

  @MapField({ type: 'string' }, { description: 'mode by facet: observe holds it, approve waits for a person, auto sends it' })
  readonly modes!: Readonly<Record<string, string>>;

  @ListField(OperationCostDto)
  readonly calls!: readonly OperationCostDto[];
}

export class BulkPreviewDto {
  @WholeField({ description: 'products the filter takes' })
  readonly count!: number;

  @TextField({ description: 'start the edit with it; it stands for exactly these products at these revisions' })
  readonly token!: string;

  @WholeField({ description: 'products that were tried out; changed, unchanged and refused are of these' })
  readonly tried!: number;

  @WholeField()
  readonly changed!: number;

  @WholeField()
  readonly unchanged!: number;

  @WholeField()
  readonly refused!: number;

  @ListField(SampledDto)
  readonly sample!: readonly SampledDto[];

  @ListField(RefusalDto)
  readonly refusals!: readonly RefusalDto[];

  @ListField(RefusalReasonDto, { description: 'why products tried would be refused, most of them first' })
  readonly reasons!: readonly RefusalReasonDto[];

  @TextsField({ description: 'fields that change in any product tried' })
  readonly fields!: readonly string[];

  @ListField(BlastRadiusDto)
  readonly blast_radius!: readonly BlastRadiusDto[];
}

export class BulkStartedDto {
  @IdField({ description: 'follow it at /api/jobs/{id}' })
  readonly job_id!: string;

  @IdField({ optional: true, description: 'the bulk edit it takes back' })
  readonly undoes?: string;
}
