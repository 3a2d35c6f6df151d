import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Body, Query, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { explainFault, type Language, rememberColumns, unknownMeaning } from '#catalog';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { pageOf } from '../http/answer-fields.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import { PagingDto } from '../http/paging.dto.js';
import { notFound, Problem } from '../http/problem.js';
import { Upload } from '../http/upload.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';
import { asked, ImportStarter } from './import-starter.js';
import { importView } from './import-view.js';
import { ImportDto, ImportQueryDto, StartImportDto, UploadedImportDto, UploadQueryDto } from './imports.dto.js';

const TAKEN = ['text/csv', 'application/octet-stream', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/xml', 'application/zip'] as const;
const FILE = { schema: { type: 'string', format: 'binary' } } as const;

/** Imports of files. A row is never lost: created + updated + unchanged + failed + skipped = rows. */
@ApiTags('imports')
@Controller('api/imports')
export class ImportsController {
  private readonly starter: ImportStarter;

  constructor(@Inject(PARTS) private readonly parts: HubParts) {
    this.starter = new ImportStarter(parts);
  }

  /** Takes a file as the body and starts its import at once, with the columns understood as they were the last time. */
  @Requires('catalog:write')
  @ApiConsumes(...TAKEN)
  @ApiBody(FILE)
  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ImportDto })
  async import(@Req() request: FastifyRequest, @Query() query: ImportQueryDto, @Caller() caller: Principal, @Headers('accept-language') accepted?: string): Promise<ImportDto> {
    const language = languageOf(accepted);
    return this.starter.importAtOnce(uploadOf(request, language), query, caller, language, choicesOf(query));
  }

  /** Takes a file and shows what is in it; nothing is imported yet. */
  @Requires('catalog:write')
  @ApiConsumes(...TAKEN)
  @ApiBody(FILE)
  @Post('uploads')
  @HttpCode(200)
  @ApiOkResponse({ type: UploadedImportDto })
  async upload(@Req() request: FastifyRequest, @Query() { format }: UploadQueryDto, @Headers('accept-language') accepted?: string): Promise<UploadedImportDto> {
    const language = languageOf(accepted);
    const upload = uploadOf(request, language);
    const { path, preview } = await this.starter.take(upload, language, format);
    const columns = preview.columns?.map(({ header, meaning, doubt }) => ({ header, meaning, ...(doubt && { doubt: { code: doubt.code, ...explainFault(doubt, language) } }) }));
    return {
      upload_id: path.split('/')[0] ?? '',
      name: upload.name,
      bytes: String(upload.bytes),
      format: preview.format,
      columns: columns ?? null,
      remembered: preview.remembered,
      rows: preview.rows,
      notes: preview.notes.map((note) => Object.values(explainFault(note, language)).join('; ')),
    };
  }

  /** Starts the import of a file uploaded before, with the columns as a person corrected them. */
  @Requires('catalog:write')
  @Post('uploads/:upload/start')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ImportDto })
  async startUpload(@Param('upload') id: string, @Body() body: StartImportDto, @Caller() caller: Principal, @Headers('accept-language') accepted?: string): Promise<ImportDto> {
    const language = languageOf(accepted);
    const path = await this.starter.files.find(id);
    if (path === undefined) throw notFound('The file', 'upload', id.slice(0, 50));
    const name = path.slice(path.indexOf('/') + 1);
    const { columns, choices, remember } = body;
    const bad = columns && unknownMeaning(columns);
    if (bad !== undefined)
      throw new Problem(422, 'invalid', 'A column has an unknown meaning', { errors: [{ field: 'columns', value: bad.slice(0, 100), code: 'column-meaning' }] });
    if (columns) {
      const preview = await this.starter.preview(path, name, language, body.format, choices);
      if (preview.columns?.length !== columns.length) {
        throw new Problem(422, 'invalid', 'The columns do not fit the file', {
          errors: [{ field: 'columns', value: columns.length, code: 'column-count', params: { columns: preview.columns?.length ?? 0 } }],
        });
      }
      if (remember !== false)
        await rememberColumns(
          this.parts.pool,
          preview.columns.map(({ header }) => header),
          columns,
          caller.author,
        );
    }
    return this.starter.start({ path, name, ...(columns && { columns }), ...(choices && { choices }), ...asked(body) }, caller, language);
  }

  /** Newest first. */
  @Requires('read')
  @Get()
  @ApiOkResponse({ type: pageOf(ImportDto) })
  async list(@Query() { cursor, limit }: PagingDto, @Headers('accept-language') accepted?: string): Promise<object> {
    const before = readIdCursor(cursor);
    const found = await this.starter.jobs.list({ kind: 'import', limit: limit + 1, ...(before !== undefined && { before }) });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map((job) => importView(job, languageOf(accepted))), next_cursor: found.length > limit && last ? writeCursor([last.id]) : null };
  }

  @Requires('read')
  @Get(':id')
  @ApiOkResponse({ type: ImportDto })
  async one(@Param('id', IdPipe) id: string, @Headers('accept-language') accepted?: string): Promise<ImportDto> {
    return importView(await this.starter.existing(id), languageOf(accepted));
  }

  /** Lets a held import go on: the person has seen the difference and means it. The file is not read again. */
  @Requires('catalog:write')
  @Post(':id/accept')
  @HttpCode(200)
  @ApiOkResponse({ type: ImportDto })
  async accept(@Param('id', IdPipe) id: string, @Headers('accept-language') accepted?: string): Promise<ImportDto> {
    const { state } = await this.starter.existing(id);
    const job = await this.starter.jobs.release(id, { accept: true });
    if (!job) throw new Problem(409, 'not-held', 'The import is not held', { params: { state } });
    return importView(job, languageOf(accepted));
  }
}

function uploadOf({ body }: FastifyRequest, language: Language): Upload {
  const upload: unknown = body;
  if (!(upload instanceof Upload)) throw new Problem(415, 'unsupported-type', 'Send the bytes of a file', { remedy: 'Use Content-Type application/octet-stream.' });
  if (upload.bytes > 0) return upload;
  const { reason, remedy } = explainFault({ code: 'table-empty' }, language);
  throw new Problem(422, 'unreadable-file', reason, { detail: reason, remedy, more: { fault: 'table-empty' } });
}

function choicesOf({ price_type, length_unit, sheet }: ImportQueryDto): Readonly<Record<string, string>> {
  return { ...(price_type && { 'price-type': price_type }), ...(length_unit && { 'length-unit': length_unit }), ...(sheet && { sheet }) };
}
