import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { approveListing, facetsOf, freezeListing, lastRender, listingById, listingPage, type ListingRow, listingsOfSku, retryFailing } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { pageOf } from '../http/answer-fields.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { ChangedFacetsDto } from '../accounts/account-answers.dto.js';
import { spokenFindings } from '../texts/findings.js';
import { languageOf } from '../texts/language.js';
import { facetDiffs } from './facet-diff.js';
import { ListingDto, ListingRenderDto, ListingWithFacetsDto, SkuDiffDto } from './listing-answers.dto.js';
import { ApproveListingDto, FreezeDto, ListingQueryDto } from './listings.dto.js';

@ApiTags('listings')
@Controller('api')
export class ListingsController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  @Requires('read')
  @ApiOkResponse({ type: pageOf(ListingDto) })
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
  @ApiOkResponse({ type: ListingWithFacetsDto })
  @Get('listings/:id')
  async one(@Param('id', IdPipe) id: string, @Headers('accept-language') accepted?: string): Promise<object> {
    const listing = await this.existing(id);
    const [facets, refused] = await Promise.all([
      facetsOf(this.parts.pool, id),
      this.parts.pool.query<{ code: string; message: string | null }>('SELECT path, revision, code, message, since FROM refused_path WHERE listing_id = $1 ORDER BY path', [id]),
    ]);
    const refusals = refused.rows.map((row) => ({ ...row, params: { message: row.message ?? '' } }));
    const spoken = spokenFindings(refusals, languageOf(accepted)).map(({ params: _params, ...row }) => row);
    return { ...listing, facets, refused_paths: spoken };
  }

  /** What was rendered for the channel, with its findings, and how the live card differs from it. */
  @Requires('read')
  @ApiOkResponse({ type: ListingRenderDto })
  @Get('listings/:id/render')
  async render(@Param('id', IdPipe) id: string, @Headers('accept-language') accepted?: string): Promise<object> {
    const listing = await this.existing(id);
    const last = await lastRender(this.parts.pool, id);
    const rendered = last === undefined ? null : { ...last, diagnostics: spokenFindings(last.diagnostics, languageOf(accepted)) };
    return { rendered, diff: await this.diffOf(listing) };
  }

  /** Master and channel side by side for every card of a SKU. */
  @Requires('read')
  @ApiOkResponse({ type: SkuDiffDto })
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
  @ApiOkResponse({ type: ChangedFacetsDto })
  @Post('listings/:id/approve')
  @HttpCode(200)
  async approve(@Param('id', IdPipe) id: string, @Body() body: ApproveListingDto, @Caller() caller: Principal): Promise<object> {
    return { facets: await approveListing(this.parts.pool, id, body.facet, await this.by(id, caller)) };
  }

  @Requires('steer')
  @ApiOkResponse({ type: ChangedFacetsDto })
  @Post('listings/:id/retry')
  @HttpCode(200)
  async retry(@Param('id', IdPipe) id: string, @Caller() caller: Principal): Promise<object> {
    return { facets: await retryFailing(this.parts.pool, { listingId: id }, await this.by(id, caller)) };
  }

  @Requires('steer')
  @ApiNoContentResponse()
  @Post('listings/:id/freeze')
  @HttpCode(204)
  async freeze(@Param('id', IdPipe) id: string, @Body() body: FreezeDto, @Caller() caller: Principal): Promise<void> {
    await freezeListing(this.parts.pool, id, body.until === null ? null : new Date(body.until), await this.by(id, caller));
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
