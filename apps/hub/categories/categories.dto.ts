import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ATTRIBUTE_TYPES, type AttributeType, TEMPLATE_FIELDS, type TemplateField } from '#catalog';
import { RefusalReasonDto } from '../bulk/bulk.dto.js';
import { IdField, ListField, MapField, OneOfField, TextField, TextsField, TimeField, WholeField, YesNoField } from '../http/answer-fields.js';

export class CategoryQueryDto {
  @ApiPropertyOptional({ description: 'a category path; empty for every product' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  readonly category?: string;
}

export class GapsQueryDto {
  @ApiPropertyOptional({ description: 'only this account' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be the id of an account', context: { code: 'id' } })
  readonly account?: string;
}

export class DeclareDto {
  @ApiProperty({ description: 'names from the root joined by " / "; empty for every product' })
  @IsString({ message: 'must be a text' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  readonly category!: string;

  @ApiProperty()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly name!: string;

  @ApiProperty({ enum: ATTRIBUTE_TYPES })
  @IsIn(ATTRIBUTE_TYPES, { message: `must be one of ${ATTRIBUTE_TYPES.join(', ')}` })
  readonly type!: AttributeType;

  @ApiPropertyOptional({ description: 'of a number' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(30, { message: 'must have at most 30 characters' })
  readonly unit?: string;

  @ApiPropertyOptional({ description: 'of an option: the values that may be used' })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(1000, { message: 'must be at most 1000 values' })
  @IsString({ each: true, message: 'must be texts' })
  readonly options?: string[];

  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  readonly multiple?: boolean;

  @ApiPropertyOptional({ default: false, description: 'missing, it makes the product incomplete; it refuses nothing' })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  readonly required?: boolean;
}

export class WithdrawQueryDto extends CategoryQueryDto {
  @ApiProperty()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly name!: string;
}

export class TemplateKeyDto {
  @ApiProperty({ description: 'id of the channel' })
  @Matches(/^[a-z0-9-]{1,50}$/, { message: 'must be the id of a channel', context: { code: 'channel' } })
  readonly channel!: string;

  @ApiPropertyOptional({ description: 'a category path; empty for every product' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(500, { message: 'must have at most 500 characters' })
  readonly category?: string;

  @ApiProperty({ enum: TEMPLATE_FIELDS })
  @IsIn(TEMPLATE_FIELDS, { message: `must be one of ${TEMPLATE_FIELDS.join(', ')}` })
  readonly field!: TemplateField;
}

export class TemplateBodyDto extends TemplateKeyDto {
  @ApiProperty({ example: '{brand} {title}[, {Цвет}]', description: 'values in braces; a part in brackets vanishes when one of its values is missing' })
  @IsString({ message: 'must be a text' })
  @MaxLength(5000, { message: 'must have at most 5000 characters' })
  readonly pattern!: string;
}

export class CategoryDto {
  @TextField({ description: 'names from the root joined by " / "' })
  readonly path!: string;

  @TextField({ nullable: true })
  readonly parent!: string | null;

  @WholeField({ description: 'products in exactly this category that are not archived' })
  readonly products!: number;
}

export class DeclarationDto {
  @TextField({ description: 'the category that declares it; empty for every product' })
  readonly category!: string;

  @TextField()
  readonly name!: string;

  @OneOfField(ATTRIBUTE_TYPES)
  readonly type!: string;

  @TextField({ optional: true })
  readonly unit?: string;

  @TextsField({ optional: true })
  readonly options?: readonly string[];

  @YesNoField()
  readonly multiple!: boolean;

  @YesNoField()
  readonly required!: boolean;

  @YesNoField({ description: 'it comes from a category above' })
  readonly inherited!: boolean;
}

export class DeclarationPreviewDto {
  @WholeField({ description: 'products it would speak for that have the attribute' })
  readonly products!: number;

  @WholeField({ description: 'of these, products whose value it would not take' })
  readonly refused!: number;

  @WholeField({ description: 'products that would become incomplete: it is required and they lack it' })
  readonly missing!: number;

  @ListField(RefusalReasonDto)
  readonly reasons!: readonly RefusalReasonDto[];
}

export class WithdrawnDto {
  @YesNoField()
  readonly removed!: boolean;
}

export class TemplateDto {
  @TextField()
  readonly channel!: string;

  @TextField()
  readonly category!: string;

  @OneOfField(TEMPLATE_FIELDS)
  readonly field!: string;

  @TextField()
  readonly pattern!: string;

  @TextField()
  readonly author!: string;

  @TimeField()
  readonly updated_at!: Date;
}

export class PlannedDto {
  @WholeField({ description: 'products that are planned anew' })
  readonly planned!: number;
}

class GapDto {
  @TextField()
  readonly code!: string;

  @MapField({}, { optional: true })
  readonly params?: Readonly<Record<string, unknown>>;

  @TextField({ optional: true, description: 'as it is told of the first of them, in the language of Accept-Language' })
  readonly text?: string;

  @TextField()
  readonly path!: string;

  @WholeField()
  readonly products!: number;
}

export class CategoryGapsDto {
  @TextField()
  readonly category!: string;

  @IdField()
  readonly account_id!: string;

  @WholeField()
  readonly products!: number;

  @WholeField()
  readonly incomplete!: number;

  @ListField(GapDto)
  readonly errors!: readonly GapDto[];
}
