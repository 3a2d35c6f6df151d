import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import { FACETS } from '#channels/contract';
import {
  approveListing,
  casePage,
  facetsOf,
  freezeListing,
  lastRender,
  LISTING_STATES,
  listingById,
  listingPage,
  type ListingRow,
  listingsOfSku,
  type ListingState,
  retryFailing,
} from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import { PagingDto } from '../http/paging.dto.js';
import { notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { facetDiffs } from './facet-diff.js';

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

export class CaseQueryDto extends PagingDto {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'must be an account id', context: { code: 'id' } })
  readonly account?: string;

  @ApiPropertyOptional({ enum: ['open', 'closed'] })
  @IsOptional()
  @IsIn(['open', 'closed'], { message: 'must be open or closed' })
  readonly state?: string;
}

@ApiTags('listings')
@Controller('api')
export class ListingsController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  @Requires('read')
  @Get('listings')
  async page(@Query() query: ListingQueryDto): Promise<object> {
    const { items, more } = await listingPage(
      this.parts.pool,
      { accountId: query.account, state: query.state, sku: query.sku, text: query.text, after: readIdCursor(query.cursor) },
      query.limit,
    );
    const last = items.at(-1);
    return { items, next_cursor: more && last !== undefined ? writeCursor([last.id]) : null };
  }

  @Requires('read')
  @Get('listings/:id')
  async one(@Param('id', IdPipe) id: string): Promise<object> {
    const listing = await this.existing(id);
    const [facets, refused] = await Promise.all([
      facetsOf(this.parts.pool, id),
      this.parts.pool.query('SELECT path, revision, code, message, since FROM refused_path WHERE listing_id = $1 ORDER BY path', [id]),
    ]);
    return { ...listing, facets, refused_paths: refused.rows };
  }

  /** What was rendered for the channel, with its findings, and how the live card differs from it. */
  @Requires('read')
  @Get('listings/:id/render')
  async render(@Param('id', IdPipe) id: string): Promise<object> {
    const listing = await this.existing(id);
    return { rendered: (await lastRender(this.parts.pool, id)) ?? null, diff: await this.diffOf(listing) };
  }

  /** Master and channel side by side for every card of a SKU. */
  @Requires('read')
  @Get('diff/:sku')
  async diff(@Param('sku') sku: string): Promise<object> {
    const listings = await listingsOfSku(this.parts.pool, sku);
    if (listings.length === 0) throw notFound('A card with this SKU', 'sku', sku.slice(0, 200));
    return {
      sku,
      listings: await Promise.all(listings.map(async (listing) => ({ ...listing, facets: await facetsOf(this.parts.pool, listing.id), diff: await this.diffOf(listing) }))),
    };
  }

  @Requires('steer')
  @Post('listings/:id/approve')
  @HttpCode(200)
  async approve(@Param('id', IdPipe) id: string, @Body() body: ApproveListingDto, @Caller() caller: Principal): Promise<object> {
    return { facets: await approveListing(this.parts.pool, id, body.facet, await this.by(id, caller)) };
  }

  @Requires('steer')
  @Post('listings/:id/retry')
  @HttpCode(200)
  async retry(@Param('id', IdPipe) id: string, @Caller() caller: Principal): Promise<object> {
    return { facets: await retryFailing(this.parts.pool, { listingId: id }, await this.by(id, caller)) };
  }

  @Requires('steer')
  @Post('listings/:id/freeze')
  @HttpCode(204)
  async freeze(@Param('id', IdPipe) id: string, @Body() body: FreezeDto, @Caller() caller: Principal): Promise<void> {
    await freezeListing(this.parts.pool, id, body.until === null ? null : new Date(body.until), await this.by(id, caller));
  }

  @Requires('read')
  @Get('cases')
  async cases(@Query() query: CaseQueryDto): Promise<object> {
    const { items, more } = await casePage(this.parts.pool, { accountId: query.account, state: query.state, before: readIdCursor(query.cursor) }, query.limit);
    const last = items.at(-1);
    return { items, next_cursor: more && last !== undefined ? writeCursor([last.id]) : null };
  }

  private async existing(id: string): Promise<ListingRow> {
    const listing = await listingById(this.parts.pool, id);
    if (listing === undefined) throw notFound('The listing', 'id', id);
    return listing;
  }

  private async diffOf(listing: ListingRow): Promise<object[]> {
    const facets = await facetsOf(this.parts.pool, listing.id);
    const diffs = await facetDiffs(
      this.parts.pool,
      listing.account_id,
      facets.map(({ facet, part }) => ({ listingId: listing.id, facet, part })),
    );
    return diffs;
  }

  private async by(listingId: string, caller: Principal): Promise<{ author: string; now: number }> {
    const listing = await this.existing(listingId);
    return { author: caller.author, now: await this.accounts.nowOfId(listing.account_id) };
  }
}
