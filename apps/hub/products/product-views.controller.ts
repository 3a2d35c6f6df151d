import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  attributeHints,
  changesBetween,
  channelTemplates,
  declaredIn,
  DeclarationStore,
  explainedView,
  ProductNotFound,
  type StoredProduct,
  type StoredRevision,
  viewForChannel,
} from '#catalog';
import { listAccounts } from '#listings';
import { Requires } from '../auth/policy.js';
import { listOf } from '../http/answer-fields.js';
import { knownChannel } from '../http/known-channel.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { spokenFindings } from '../texts/findings.js';
import { spokenIssues } from '../texts/issue-words.js';
import { languageOf } from '../texts/language.js';
import { findingsOf } from './completeness.js';
import { identityConflicts } from './identity-conflicts.js';
import { ChannelViewDto, ComparisonDto, CompletenessDto, ConflictDto } from './product-answers.dto.js';
import { CompareQueryDto } from './products.dto.js';

const MOST_CONFLICTS = 500;

/** What a product looks like from elsewhere: between two revisions, on a channel, and what it lacks there. */
@ApiTags('products')
@Controller('api')
export class ProductViewsController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  @Requires('read')
  @Get('products/:sku/compare')
  @ApiOkResponse({ type: ComparisonDto })
  async compare(@Param('sku') sku: string, @Query() { from, to }: CompareQueryDto): Promise<object> {
    const newest = await this.existing(sku);
    const [older, newer] = await Promise.all([this.revision(sku, from), this.revision(sku, to ?? newest.revision)]);
    const head = ({ revision, author, cause, createdAt }: StoredRevision) => ({ revision, author, cause, created_at: createdAt });
    return { from: head(older), to: head(newer), changes: changesBetween(older.document, newer.document) };
  }

  /** Each field as the channel is told it, and where it comes from: the master, a template, an override, the components of a bundle. */
  @Requires('read')
  @Get('products/:sku/channels/:channel')
  @ApiOkResponse({ type: ChannelViewDto })
  async onChannel(@Param('sku') sku: string, @Param('channel') channel: string, @Headers('accept-language') accepted?: string): Promise<object> {
    knownChannel(this.parts.channels, channel);
    const { document, revision } = await this.withStock(await this.existing(sku));
    const { view, sources, diagnostics } = explainedView(document, revision, channel, await channelTemplates(this.parts.pool, channel));
    const valueOf = (field: string): unknown => (field.startsWith('attributes.') ? view.attributes[field.slice('attributes.'.length)] : Reflect.get(view, field));
    const fields = Object.entries(sources).map(([field, source]) => ({ field, value: valueOf(field) ?? null, ...source }));
    return { sku, channel, revision, fields, diagnostics: spokenIssues(diagnostics, languageOf(accepted)) };
  }

  /** What is missing before the product can be sold, account by account, as the channel's own rules see it. */
  @Requires('read')
  @Get('products/:sku/completeness')
  @ApiOkResponse({ type: CompletenessDto })
  async completeness(@Param('sku') sku: string, @Headers('accept-language') accepted?: string): Promise<object> {
    const { document, revision } = await this.withStock(await this.existing(sku));
    const declared = declaredIn(document.category, await new DeclarationStore(this.parts.pool).for(document.category));
    const accounts = await Promise.all(
      (await listAccounts(this.parts.pool)).map(async (account) => {
        const view = viewForChannel(document, revision, account.channel, await channelTemplates(this.parts.pool, account.channel));
        const missing = await findingsOf(this.parts.pool, this.parts.channels.get(account.channel), account, view);
        return {
          account_id: account.id,
          title: account.title,
          channel: account.channel,
          complete: missing.every(({ severity }) => severity !== 'error'),
          missing: spokenFindings(missing, languageOf(accepted)),
        };
      }),
    );
    return { sku, revision, hints: spokenIssues(attributeHints(document, declared), languageOf(accepted)), accounts };
  }

  /** Where SKU, barcode and card are not one to one; both sides are named. */
  @Requires('read')
  @Get('catalog/conflicts')
  @ApiOkResponse({ type: listOf(ConflictDto) })
  async conflicts(): Promise<object> {
    return { items: await identityConflicts(this.parts.pool, MOST_CONFLICTS) };
  }

  private async existing(sku: string): Promise<StoredProduct> {
    const product = await this.parts.products.read.get(sku);
    if (product === undefined) throw new ProductNotFound(sku.slice(0, 200));
    return product;
  }

  private async withStock(product: StoredProduct): Promise<StoredProduct> {
    const [stocked] = await this.parts.products.read.withStock([product]);
    return stocked ?? product;
  }

  private async revision(sku: string, number: number): Promise<StoredRevision> {
    const revision = await this.parts.products.read.revision(sku, number);
    if (revision === undefined) throw new ProductNotFound(sku.slice(0, 200), number);
    return revision;
  }
}
