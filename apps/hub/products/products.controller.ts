import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DOCUMENT_FIELDS, type ProductInput, ProductNotFound, type ProductPatch, type Saved, type StoredProduct } from '#catalog';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { pageOf } from '../http/answer-fields.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { faulty, Problem } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { HistoryDto, ProductDto, SavedDto } from './product-answers.dto.js';
import { fieldsOf } from './product-fields.js';
import { filterOf, ProductFilterDto } from './product-query.dto.js';
import { ApproveDto, DraftQueryDto, HistoryQueryDto, RestoreDto } from './products.dto.js';

function basedOn(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) {
    throw new Problem(428, 'revision-needed', 'Say which revision the change is based on', { remedy: 'Send If-Match with the ETag of the product as you read it.' });
  }
  const revision = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (revision === undefined) throw faulty({ field: 'If-Match', value: header.slice(0, 100), code: 'if-match' });
  return Number(revision);
}

function answer(reply: FastifyReply, saved: Saved): object {
  void reply.header('etag', `"${saved.revision}"`);
  return { sku: saved.sku, revision: saved.revision, changed: saved.changed };
}

/** The document with its fields in the order in which a person reads them. */
function shown(product: StoredProduct): object {
  const { id, sku, revision, approvedRevision, document, createdAt, updatedAt } = product;
  const read = Object.fromEntries(DOCUMENT_FIELDS.flatMap((field) => (document[field] === undefined ? [] : [[field, document[field]]])));
  return { id, sku, revision, approved_revision: approvedRevision, document: read, created_at: createdAt, updated_at: updatedAt };
}

@ApiTags('products')
@Controller('api/products')
export class ProductsController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  @Requires('read')
  @Get()
  @ApiOkResponse({ type: pageOf(ProductDto) })
  async page(@Query() query: ProductFilterDto): Promise<object> {
    const page = await this.parts.products.read.page(readIdCursor(query.cursor), query.limit, filterOf(query));
    return { items: page.items.map(shown), next_cursor: page.next === undefined ? null : writeCursor([page.next]) };
  }

  @Requires('catalog:write')
  @ApiBody({ schema: { type: 'object', description: 'a product document' } })
  @Post()
  @ApiCreatedResponse({ type: SavedDto })
  async create(@Body() body: unknown, @Query() query: DraftQueryDto, @Caller() caller: Principal, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const fields = fieldsOf(body, 'all');
    const saved = await this.parts.products.create(fields as unknown as ProductInput, { author: caller.author, cause: { kind: 'person' }, draft: query.draft });
    void reply.header('location', `/api/products/${encodeURIComponent(saved.sku)}`);
    return answer(reply, saved);
  }

  @Requires('read')
  @Get(':sku')
  @ApiOkResponse({ type: ProductDto })
  async get(@Param('sku') sku: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object | undefined> {
    const product = await this.parts.products.read.get(sku);
    if (product === undefined) throw new ProductNotFound(sku.slice(0, 200));
    const etag = `"${product.revision}"`;
    void reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) {
      void reply.status(304);
      return undefined;
    }
    return shown(product);
  }

  @Requires('catalog:write')
  @ApiHeader({ name: 'If-Match', required: true, description: 'the ETag of the product as read' })
  @ApiBody({ schema: { type: 'object', description: 'fields to change; null removes an optional one' } })
  @Patch(':sku')
  @ApiOkResponse({ type: SavedDto })
  async patch(
    @Param('sku') sku: string,
    @Body() body: unknown,
    @Query() query: DraftQueryDto,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    // Shapes are checked on the patched document, by the catalog's own rules.
    const patch = fieldsOf(body, 'without-sku') as ProductPatch;
    return answer(reply, await this.parts.products.patch(sku, { basedOn: basedOn(request), patch, author: caller.author, cause: { kind: 'person' }, draft: query.draft }));
  }

  @Requires('read')
  @Get(':sku/history')
  @ApiOkResponse({ type: HistoryDto })
  async history(@Param('sku') sku: string, @Query() query: HistoryQueryDto): Promise<object> {
    const items = await this.parts.products.read.history(sku, 100, query.before);
    if (items.length === 0 && query.before === undefined) throw new ProductNotFound(sku.slice(0, 200));
    return { items: items.map(({ createdAt, ...revision }) => ({ ...revision, created_at: createdAt })), next_before: items.length === 100 ? items.at(-1)?.revision : null };
  }

  @Requires('catalog:write')
  @ApiHeader({ name: 'If-Match', required: true, description: 'the ETag of the product as read' })
  @Post(':sku/restore')
  @HttpCode(200)
  @ApiOkResponse({ type: SavedDto })
  async restore(
    @Param('sku') sku: string,
    @Body() body: RestoreDto,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return answer(reply, await this.parts.products.restore(sku, { revision: body.revision, basedOn: basedOn(request), author: caller.author, fields: body.fields }));
  }

  @Requires('catalog:write')
  @Post(':sku/approve')
  @HttpCode(200)
  @ApiOkResponse({ type: SavedDto })
  async approve(@Param('sku') sku: string, @Body() body: ApproveDto): Promise<object> {
    return { sku, revision: body.revision, changed: await this.parts.products.approve(sku, body.revision) };
  }
}
