import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type AttributeDeclaration, declaredIn, DeclarationStore, previewDeclaration, TemplateStore } from '#catalog';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { listOf } from '../http/answer-fields.js';
import { knownChannel } from '../http/known-channel.js';
import { notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { categoryGaps } from '../products/completeness.js';
import { spokenFindings } from '../texts/findings.js';
import { spokenReasons } from '../texts/issue-words.js';
import { languageOf } from '../texts/language.js';
import {
  CategoryDto,
  CategoryGapsDto,
  CategoryQueryDto,
  DeclarationDto,
  DeclarationPreviewDto,
  DeclareDto,
  GapsQueryDto,
  PlannedDto,
  TemplateBodyDto,
  TemplateDto,
  TemplateKeyDto,
  WithdrawnDto,
  WithdrawQueryDto,
} from './categories.dto.js';

function declarationOf(body: DeclareDto): AttributeDeclaration {
  return { ...body, multiple: body.multiple === true, required: body.required === true };
}

/** The seller's own tree: which attributes its products have, how channels' texts are made, and what is missing where. */
@ApiTags('categories')
@Controller('api')
export class CategoriesController {
  private readonly declarations: DeclarationStore;
  private readonly templates: TemplateStore;

  constructor(@Inject(PARTS) private readonly parts: HubParts) {
    this.declarations = new DeclarationStore(parts.pool);
    this.templates = new TemplateStore(parts.pool);
  }

  /** The whole tree, parents before their children. */
  @Requires('read')
  @Get('categories')
  @ApiOkResponse({ type: listOf(CategoryDto) })
  async tree(): Promise<object> {
    const { rows } = await this.parts.pool.query<CategoryDto>(
      `SELECT c.path, c.parent, coalesce(n.products, 0) AS products FROM category c
       LEFT JOIN (SELECT category, count(*)::integer AS products FROM product WHERE NOT archived GROUP BY category) n ON n.category = c.path
       ORDER BY string_to_array(c.path, ' / ')`,
    );
    return { items: rows };
  }

  /** By category and account, how many products a channel cannot take as they are, and why. */
  @Requires('read')
  @Get('categories/completeness')
  @ApiOkResponse({ type: listOf(CategoryGapsDto) })
  async completeness(@Query() { account }: GapsQueryDto, @Headers('accept-language') accepted?: string): Promise<object> {
    const gaps = await categoryGaps(this.parts.pool, account);
    return { items: gaps.map((one) => ({ ...one, errors: spokenFindings(one.errors, languageOf(accepted)) })) };
  }

  /** What holds in a category: its own declarations and those it inherits. */
  @Requires('read')
  @Get('categories/attributes')
  @ApiOkResponse({ type: listOf(DeclarationDto) })
  async attributes(@Query() { category = '' }: CategoryQueryDto): Promise<object> {
    const declared = declaredIn(category, await this.declarations.for(category));
    return { items: [...declared.values()].map((declaration) => ({ ...declaration, inherited: declaration.category !== category })) };
  }

  /** Products are judged by a declaration at their next change; a category may only narrow what is declared above it. */
  @Requires('catalog:write')
  @Put('categories/attributes')
  @ApiOkResponse({ type: listOf(DeclarationDto) })
  async declare(@Body() body: DeclareDto, @Caller() caller: Principal): Promise<object> {
    await this.declarations.declare(declarationOf(body), caller.author);
    return this.attributes({ category: body.category });
  }

  /** Whom a declaration would refuse at their next change, and why; nothing is kept. */
  @Requires('catalog:write')
  @Post('categories/attributes/preview')
  @HttpCode(200)
  @ApiOkResponse({ type: DeclarationPreviewDto })
  async previewDeclaration(@Body() body: DeclareDto, @Headers('accept-language') accepted?: string): Promise<object> {
    const declaration = declarationOf(body);
    await this.declarations.check(declaration);
    const preview = await previewDeclaration(this.parts.pool, declaration);
    return { ...preview, reasons: spokenReasons(preview.reasons, languageOf(accepted)) };
  }

  @Requires('catalog:write')
  @Delete('categories/attributes')
  @ApiOkResponse({ type: WithdrawnDto })
  async withdraw(@Query() { category = '', name }: WithdrawQueryDto): Promise<WithdrawnDto> {
    return { removed: await this.declarations.withdraw(category, name) };
  }

  @Requires('read')
  @Get('templates')
  @ApiOkResponse({ type: listOf(TemplateDto) })
  async list(): Promise<object> {
    return { items: (await this.templates.list()).map(({ updatedAt, ...template }) => ({ ...template, updated_at: updatedAt })) };
  }

  /** Makes a channel's titles or descriptions of the products' values; the products concerned are planned anew. */
  @Requires('catalog:write')
  @Put('templates')
  @ApiOkResponse({ type: PlannedDto })
  async set(@Body() { category = '', ...body }: TemplateBodyDto, @Caller() caller: Principal): Promise<PlannedDto> {
    knownChannel(this.parts.channels, body.channel);
    return { planned: await this.templates.set({ ...body, category }, caller.author) };
  }

  @Requires('catalog:write')
  @Delete('templates')
  @ApiOkResponse({ type: PlannedDto })
  async remove(@Query() { category = '', channel, field }: TemplateKeyDto): Promise<PlannedDto> {
    const planned = await this.templates.remove({ channel, category, field });
    if (planned === undefined) throw notFound('The template', 'category', category);
    return { planned };
  }
}
