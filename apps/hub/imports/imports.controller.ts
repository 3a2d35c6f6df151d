import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CsvImport, exportProducts } from '#catalog';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound, Problem } from '../http/problem.js';
import { Upload } from '../http/upload.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';

const asBoolean = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

export class ImportQueryDto {
  @ApiPropertyOptional({ description: 'name of the file, as the history of each product shows it' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(300, { message: 'must have at most 300 characters' })
  readonly name?: string;

  @ApiPropertyOptional({ description: 'check and count, write nothing', default: false })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly dry_run?: boolean;

  @ApiPropertyOptional({ description: 'the file shrank or empties many goods, and that is meant', default: false })
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean({ message: 'must be true or false' })
  readonly accept?: boolean;

  @ApiPropertyOptional({ default: 'RUB', description: 'currency of the prices in the file' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'must be three capital letters, e.g. RUB', context: { code: 'currency' } })
  readonly currency?: string;
}

@ApiTags('imports')
@Controller('api')
export class ImportsController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  /** Takes a CSV file as the body. Every row is accounted for: created + updated + unchanged + failed + skipped = rows. */
  @Requires('catalog:write')
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Post('imports')
  @HttpCode(200)
  async import(@Req() request: FastifyRequest, @Query() query: ImportQueryDto, @Caller() caller: Principal): Promise<object> {
    const upload: unknown = request.body;
    if (!(upload instanceof Upload) || upload.bytes === 0) {
      throw new Problem(415, 'unsupported-type', 'Send the bytes of a CSV file', { remedy: 'Use Content-Type text/csv.' });
    }
    const { jobId, ...result } = await new CsvImport(this.parts.pool, this.parts.products).run(upload.file, {
      author: caller.author,
      dryRun: query.dry_run === true,
      accept: query.accept === true,
      ...(query.currency === undefined ? {} : { currency: query.currency }),
    });
    return { ...result, job_id: jobId ?? null };
  }

  @Requires('read')
  @Get('imports')
  async list(): Promise<object> {
    const { rows } = await this.parts.pool.query(
      `SELECT id, request ->> 'name' AS file_name, author, state, counts, started_at, finished_at FROM catalog_job WHERE kind = 'import' ORDER BY id DESC LIMIT 100`,
    );
    return { items: rows };
  }

  @Requires('read')
  @Get('imports/:id')
  async one(@Param('id', IdPipe) id: string): Promise<object> {
    const { rows } = await this.parts.pool.query<Record<string, unknown>>(
      `SELECT id, request ->> 'name' AS file_name, author, state, counts, started_at, finished_at FROM catalog_job WHERE kind = 'import' AND id = $1`,
      [id],
    );
    if (rows[0] === undefined) throw notFound('The import', 'id', id);
    const report = await this.parts.pool.query('SELECT "row", outcome, sku, field, value, reason, remedy FROM import_row_result WHERE job_id = $1 ORDER BY position LIMIT 10000', [
      id,
    ]);
    return { ...rows[0], report: report.rows };
  }

  /** The whole catalog, one JSON document a line. */
  @Requires('read')
  @Get('export')
  async export(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .headers({ 'content-type': 'application/x-ndjson; charset=utf-8', 'content-disposition': 'attachment; filename="catalog.jsonl"' })
      .send(Readable.from(exportProducts(this.parts.products.read)));
  }
}
