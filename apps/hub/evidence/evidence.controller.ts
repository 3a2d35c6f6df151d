import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { explain, exportPack, HeadFile, lastWriterText, listingsOfSku, PackRefused, storyText, verifyEvidence } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { NotRemembered, Requires } from '../auth/policy.js';
import { FILE } from '../http/answer-fields.js';
import { notFound, Problem } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { ExplainedDto, LocaleDto, PackDto, VerifiedDto } from './evidence.dto.js';
import { keptPictures } from './kept-pictures.js';

const showTime = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

@ApiTags('evidence')
@Controller('api')
export class EvidenceController {
  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly accounts: AccountDirectory,
  ) {}

  /** The story of every card of a SKU, oldest first, and who wrote each facet last. */
  @Requires('read')
  @ApiOkResponse({ type: ExplainedDto })
  @Get('explain/:sku')
  async explain(@Param('sku') sku: string, @Query() { locale }: LocaleDto): Promise<object> {
    const listings = await listingsOfSku(this.parts.pool, sku);
    if (listings.length === 0) throw notFound('A card with this SKU', 'sku', sku.slice(0, 200));
    const stories = await Promise.all(listings.map((listing) => explain(this.parts.pool, listing.id)));
    return {
      sku,
      stories: stories.flatMap((story) =>
        story === undefined
          ? []
          : [
              {
                ...story,
                lines: story.lines.map((line) => ({ ...line, shown: storyText(line.text, locale) })),
                lastWriters: story.lastWriters.map((writer) => ({ ...writer, shown: lastWriterText(writer.answer, locale, showTime) })),
              },
            ],
      ),
    };
  }

  /** Walks the chain of every account and compares it with the heads kept beside the database. */
  @Requires('read')
  @ApiOkResponse({ type: VerifiedDto })
  @Get('evidence/verify')
  async verify(): Promise<object> {
    const heads = await new HeadFile(this.parts.config.dataDir).heads();
    const accounts = await Promise.all(
      (await this.accounts.all()).map(async ({ id, title }) => {
        const kept = heads.get(id);
        return { account: id, title, ...(await verifyEvidence(this.parts.pool, id, { heads: kept === undefined ? [] : [kept] })) };
      }),
    );
    return { ok: accounts.every((account) => account.ok), accounts };
  }

  /** A pack for support: proof of the chosen drifts, readable and verifiable offline. */
  @Requires('read')
  @NotRemembered()
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: FILE })
  @Post('evidence/pack')
  @HttpCode(200)
  async pack(@Body() body: PackDto, @Res() reply: FastifyReply): Promise<void> {
    const selection = body.drifts !== undefined ? { accountId: body.account, driftIds: body.drifts } : { accountId: body.account, skus: body.skus ?? [] };
    const pack = await exportPack(this.parts.pool, keptPictures(this.parts.pool, this.parts.media, this.parts.config.dataDir), selection, new Date()).catch((error: unknown) => {
      if (error instanceof PackRefused) throw new Problem(error.code === 'nothing-found' ? 404 : 422, error.code, error.message);
      throw error;
    });
    await reply
      .headers({
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${pack.fileName}"`,
        'x-etalon-incidents': String(pack.incidents),
        'x-etalon-head': pack.head === null ? '' : `${pack.head.seq}:${pack.head.hash}`,
      })
      .send(pack.stream);
  }
}
