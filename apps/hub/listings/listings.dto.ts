import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { FACETS } from '#channels/contract';
import { LISTING_STATES, type ListingState } from '#reconcile';
import { PagingDto } from '../http/paging.dto.js';

export class ListingQueryDto extends PagingDto {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be an account id', context: { code: 'id' } })
  readonly account?: string;

  @ApiPropertyOptional({ enum: LISTING_STATES })
  @IsOptional()
  @IsIn(LISTING_STATES, { message: `must be one of ${LISTING_STATES.join(', ')}` })
  readonly state?: ListingState;

  @ApiPropertyOptional({ description: 'exactly this SKU' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly sku?: string;

  @ApiPropertyOptional({ description: 'part of a SKU or title' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(200, { message: 'must have at most 200 characters' })
  readonly text?: string;
}

export class ApproveListingDto {
  @ApiPropertyOptional({ enum: FACETS, description: 'without it everything held on the card' })
  @IsOptional()
  @IsIn(FACETS, { message: `must be one of ${FACETS.join(', ')}` })
  readonly facet?: string;
}

export class FreezeDto {
  @ApiPropertyOptional({ format: 'date-time', nullable: true, description: 'on the account’s clock; null thaws' })
  @ValidateIf((body: FreezeDto) => body.until !== null)
  @IsISO8601({ strict: true }, { message: 'must be a time such as 2027-01-31T00:00:00Z, or null' })
  readonly until!: string | null;
}
