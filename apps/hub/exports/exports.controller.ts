import type { Readable } from 'node:stream';
import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { catalogDiff, exportDiff, exportProducts, FILE_TYPES, momentTime, parseMoment } from '#catalog';
import { Requires } from '../auth/policy.js';
import { FILE } from '../http/answer-fields.js';
import { faulty, notFound } from '../http/problem.js';
import { mediaPath } from '../listings/shown-pictures.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { filterOf } from '../products/product-query.dto.js';
import { languageOf } from '../texts/language.js';
import { wordingIn } from '../texts/wording.js';
import { DiffQueryDto, ExportQueryDto } from './exports.dto.js';

const TYPES = Object.values(FILE_TYPES).map(({ contentType }) => contentType.split(';')[0] ?? '');

/** The catalog as files; they stream, whatever their size. */
@ApiTags('exports')
@Controller('api/exports')
export class ExportsController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /** The products of a filter. Imported again the file changes nothing. */
  @Requires('read')
  @ApiProduces(...TYPES)
  @ApiOkResponse({ schema: FILE })
  @Get()
  async products(@Query() query: ExportQueryDto, @Res() reply: FastifyReply, @Headers('accept-language') accepted?: string): Promise<void> {
    const { format, currency } = query;
    const base = this.parts.config.media.publicUrl?.replace(/\/$/, '');
    const file = exportProducts(this.parts.products.read, {
      format,
      filter: filterOf(query),
      language: languageOf(accepted),
      ...(currency !== undefined && { currency }),
      ...(base !== undefined && { pictureUrl: (digest: string) => `${base}${mediaPath(digest)}` }),
    });
    await sendFile(reply, file, 'catalog', format);
  }

  /** What changed between two states of the whole catalog, field by field, with author, time and cause. */
  @Requires('read')
  @ApiProduces(...TYPES)
  @ApiOkResponse({ schema: FILE })
  @Get('diff')
  async diff(@Query() { format, from, to }: DiffQueryDto, @Res() reply: FastifyReply, @Headers('accept-language') accepted?: string): Promise<void> {
    const pages = catalogDiff(this.parts.pool, await this.timeOf('from', from), await this.timeOf('to', to ?? new Date().toISOString()));
    const language = languageOf(accepted);
    await sendFile(reply, exportDiff(pages, format, language, wordingIn(language)), 'changes', format);
  }

  private async timeOf(side: 'from' | 'to', text: string): Promise<Date> {
    const moment = parseMoment(text);
    if (moment === undefined) throw faulty({ field: side, value: text, code: 'moment' });
    const time = await momentTime(this.parts.pool, moment, side);
    if (time === undefined) throw notFound('The job', side, text);
    return time;
  }
}

async function sendFile(reply: FastifyReply, file: Readable, name: string, format: keyof typeof FILE_TYPES): Promise<void> {
  const { contentType, extension } = FILE_TYPES[format];
  // A fault in the middle can only cut the answer off; the reader sees an unfinished transfer.
  await reply.headers({ 'content-type': contentType, 'content-disposition': `attachment; filename="${name}.${extension}"`, 'cache-control': 'no-store' }).send(file);
}
