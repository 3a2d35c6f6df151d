import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { ProductFilter } from '#catalog';
import { PagingDto } from '../http/paging.dto.js';

const asBoolean = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);
const asList = ({ value }: { value: unknown }): unknown => (Array.isArray(value) || value === undefined ? value : [value]);

const STATES = ['failing', 'drifted', 'held', 'pending', 'unknown', 'ignored', 'in_sync'] as const;

/** Which products; the same members narrow a list, a bulk edit and an export. */
export class ProductFilterDto extends PagingDto {
  @ApiPropertyOptional({ description: 'words of title and brand in any form, the beginning of a SKU, or a barcode' })
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
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly brand?: string;

  @ApiPropertyOptional({ isArray: true, type: String, description: 'name:value, any case, a number with its unit; several must all hold', example: 'Цвет:синий' })
  @IsOptional()
  @Transform(asList)
  @IsArray({ message: 'must be name:value' })
  @ArrayMaxSize(10, { message: 'must be at most 10' })
  @Matches(/^[^:]{1,200}:.{1,200}$/su, { each: true, message: 'must be name:value, e.g. Цвет:синий', context: { code: 'attribute-pair' } })
  readonly attribute?: string[];

  @ApiPropertyOptional()
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly archived?: boolean;

  @ApiPropertyOptional({ description: 'whether an edit waits for approval' })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly draft?: boolean;

  @ApiPropertyOptional({ description: 'id of an account the product is listed on' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be the id of an account', context: { code: 'id' } })
  readonly account?: string;

  @ApiPropertyOptional({ description: 'a channel the product is listed on' })
  @IsOptional()
  @IsString({ message: 'must be the id of a channel', context: { code: 'channel' } })
  @MaxLength(50, { message: 'must be the id of a channel', context: { code: 'channel' } })
  readonly channel?: string;

  @ApiPropertyOptional({ enum: STATES, description: 'state of its listing' })
  @IsOptional()
  @IsIn(STATES, { message: `must be one of ${STATES.join(', ')}` })
  readonly state?: (typeof STATES)[number];

  @ApiPropertyOptional({ description: 'only products that a channel cannot take as they are' })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly incomplete?: boolean;
}

export function filterOf(query: Omit<ProductFilterDto, 'cursor' | 'limit'>): ProductFilter {
  const { text, category, brand, archived, draft, account, channel, state, incomplete } = query;
  const attributes = (query.attribute ?? []).map((pair): [string, string] => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]);
  const listed = { accountId: account, channel, state, incomplete };
  const asksListings = Object.values(listed).some((value) => value !== undefined);
  return {
    text,
    category,
    skuPrefix: query.sku_prefix,
    brand,
    archived,
    draft,
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
    ...(asksListings && { listed }),
  };
}
