import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { CHANGES_HEADER, DeclarationStore, JobStore, plannedPages, REPORT_HEADER, reportLines, reportPages, templateHeader, writeCsv, writeXlsx } from '#catalog';
import { Requires } from '../auth/policy.js';
import { FILE, pageOf } from '../http/answer-fields.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';
import { wordingIn } from '../texts/wording.js';
import { ReportFileDto, ReportLineDto, ReportQueryDto, TemplateQueryDto } from './imports.dto.js';

const TYPES = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv; charset=utf-8' } as const;
const SHEETS = {
  ru: { report: 'Отчёт', changes: 'Изменения', goods: 'Товары' },
  en: { report: 'Report', changes: 'Changes', goods: 'Goods' },
  zh: { report: '报告', changes: '更改', goods: '商品' },
} as const;

/** What became of each row, as pages and as files; and the workbook that people fill in. */
@ApiTags('imports')
@Controller('api/imports')
export class ImportReportController {
  private readonly jobs: JobStore;

  constructor(@Inject(PARTS) private readonly parts: HubParts) {
    this.jobs = new JobStore(parts.pool);
  }

  /** An empty workbook: every field a column, and the attributes of a category. */
  @Requires('read')
  @Get('template')
  @ApiOkResponse({ content: { [TYPES.xlsx]: { schema: FILE } } })
  async template(@Query() { category }: TemplateQueryDto, @Res() reply: FastifyReply, @Headers('accept-language') accepted?: string): Promise<void> {
    const language = languageOf(accepted);
    const declared = category === undefined ? [] : await new DeclarationStore(this.parts.pool).for(category);
    const header = templateHeader(language, category, declared);
    await this.send(reply, 'import-template', 'xlsx', SHEETS[language].goods, header, noPages());
  }

  /** Rows that failed, were passed over, or were taken only in part. */
  @Requires('read')
  @Get(':id/report')
  @ApiOkResponse({ type: pageOf(ReportLineDto) })
  async lines(@Param('id', IdPipe) id: string, @Query() { cursor, limit, outcome }: ReportQueryDto, @Headers('accept-language') accepted?: string): Promise<object> {
    await this.existing(id);
    const after = Number(readIdCursor(cursor) ?? -1);
    const found = await reportLines(this.parts.pool, id, { after, limit: limit + 1, language: languageOf(accepted), ...(outcome && { outcome }) });
    const items = found.slice(0, limit);
    return { items: items.map(({ position: _position, ...line }) => line), next_cursor: found.length > limit ? writeCursor([String(items.at(-1)?.position)]) : null };
  }

  @Requires('read')
  @Get(':id/report.:kind')
  @ApiOkResponse({ content: { [TYPES.xlsx]: { schema: FILE }, 'text/csv': { schema: FILE } } })
  async report(@Param() { id, kind }: ReportFileDto, @Res() reply: FastifyReply, @Headers('accept-language') accepted?: string): Promise<void> {
    await this.existing(id);
    const language = languageOf(accepted);
    await this.send(reply, `import-${id}-report`, kind, SHEETS[language].report, REPORT_HEADER[language], reportPages(this.parts.pool, id, language, wordingIn(language)));
  }

  /** Every field that a dry run or a held import would change; empty when a day has passed. */
  @Requires('read')
  @Get(':id/changes.:kind')
  @ApiOkResponse({ content: { [TYPES.xlsx]: { schema: FILE }, 'text/csv': { schema: FILE } } })
  async changes(@Param() { id, kind }: ReportFileDto, @Res() reply: FastifyReply, @Headers('accept-language') accepted?: string): Promise<void> {
    await this.existing(id);
    const language = languageOf(accepted);
    await this.send(reply, `import-${id}-changes`, kind, SHEETS[language].changes, CHANGES_HEADER[language], plannedPages(this.parts.pool, id, wordingIn(language)));
  }

  private async existing(id: string): Promise<void> {
    if ((await this.jobs.get(id))?.kind !== 'import') throw notFound('The import', 'id', id);
  }

  private async send(reply: FastifyReply, name: string, kind: 'xlsx' | 'csv', sheet: string, header: readonly string[], pages: AsyncIterable<string[][]>): Promise<void> {
    const file = kind === 'csv' ? Readable.from(writeCsv(header, pages)) : writeXlsx([{ name: sheet, header: () => Promise.resolve(header), pages }]);
    await reply.headers({ 'content-type': TYPES[kind], 'content-disposition': `attachment; filename="${name}.${kind}"` }).send(file);
  }
}

async function* noPages(): AsyncGenerator<string[][]> {
  // A template has no rows.
}
