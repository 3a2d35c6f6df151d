import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { explain, exportPack, HeadFile, HeadFileUnreadable, lastWriterText, listingsOfSku, PackRefused, pruneBodies, storyText, verifyEvidence } from '#reconcile';
import { AccountDirectory } from '../accounts/account-directory.js';
import { NotRemembered, Requires } from '../auth/policy.js';
import { FILE } from '../http/answer-fields.js';
import { notFound, Problem } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';
import { ExplainedDto, LocaleDto, PackDto, PackLanguagesDto, PruneDto, PrunedDto, VerifiedDto, VerifyQueryDto } from './evidence.dto.js';
import { keptPictures } from './kept-pictures.js';

const DAY_MS = 86_400_000;

const showTime = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

function givenHead(text: string): { readonly account: string; readonly seq: string; readonly hash: string } {
  const [account = '', seq = '', hash = ''] = text.split(':');
  return { account, seq, hash };
}

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

  /** Walks the chain of every account, also of one the database knows no more, and compares it with the heads kept beside the database and those given. */
  @Requires('read')
  @ApiOkResponse({ type: VerifiedDto })
  @Get('evidence/verify')
  async verify(@Query() { head }: VerifyQueryDto): Promise<object> {
    const kept = await new HeadFile(this.parts.config.dataDir).heads().catch((error: unknown) => {
      if (error instanceof HeadFileUnreadable) throw new Problem(409, 'heads-unreadable', error.message, { params: { file: error.file } });
      throw error;
    });
    const known = [...[...kept].map(([account, one]) => ({ account, ...one })), ...(head ?? []).map(givenHead)];
    const titles = new Map((await this.accounts.all()).map(({ id, title }) => [id, title]));
    const accounts = await Promise.all(
      [...new Set([...titles.keys(), ...known.map(({ account }) => account)])].map(async (account) => {
        const heads = known.filter((one) => one.account === account).map(({ seq, hash }) => ({ seq, hash }));
        return { account, title: titles.get(account) ?? '', ...(await verifyEvidence(this.parts.pool, account, { heads })), compared: heads };
      }),
    );
    return { ok: accounts.every((account) => account.ok), accounts };
  }

  /** Deletes the bodies of records older than so many days, but those of drifts still open. Links and digests stay: the chains verify as before. */
  @Requires('admin')
  @ApiOkResponse({ type: PrunedDto })
  @Post('evidence/prune')
  @HttpCode(200)
  async prune(@Body() body: PruneDto): Promise<object> {
    const accounts = body.account === undefined ? await this.accounts.all() : [await this.accounts.find(body.account)];
    const before = new Date(Date.now() - body.older_than_days * DAY_MS);
    const pruned: object[] = [];
    for (const account of accounts) {
      pruned.push({ account: account.id, title: account.title, bodies: await pruneBodies(this.parts.pool, account.id, before, await this.accounts.nowOf(account)) });
    }
    return { accounts: pruned };
  }

  /** A pack for support: proof of the chosen drifts, readable and verifiable offline. The pack speaks the reader's language, the letter in it that of support. */
  @Requires('read')
  @NotRemembered()
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: FILE })
  @Post('evidence/pack')
  @HttpCode(200)
  async pack(@Body() body: PackDto, @Query() { language, letter }: PackLanguagesDto, @Res() reply: FastifyReply, @Headers('accept-language') accepted?: string): Promise<void> {
    const selection = body.drifts !== undefined ? { accountId: body.account, driftIds: body.drifts } : { accountId: body.account, skus: body.skus ?? [] };
    const pictures = keptPictures(this.parts.pool, this.parts.media, this.parts.config.dataDir);
    const languages = { language: language ?? languageOf(accepted), letterLanguage: letter };
    const pack = await exportPack(this.parts.pool, pictures, selection, new Date(), languages).catch((error: unknown) => {
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
