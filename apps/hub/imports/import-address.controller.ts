import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { JobStore } from '#catalog';
import { AddressRefused, errorText, HttpClient } from '#platform';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { notFound, Problem } from '../http/problem.js';
import { Upload } from '../http/upload.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';
import { ImportFiles } from './import-files.js';
import { importView } from './import-view.js';
import { ImportDto, ImportOptionsDto } from './imports.dto.js';

const MOST_BYTES = 512 * 1024 * 1024;
const TIMEOUT_MS = 10 * 60_000;

export class ImportAddressDto extends ImportOptionsDto {
  @ApiProperty({ description: 'public http or https address of the file, e.g. of a YML feed' })
  @IsString()
  @MaxLength(2000)
  readonly url!: string;

  @ApiPropertyOptional({ description: 'choices of the format, e.g. {"price-type": "Розничная"}', type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsObject()
  readonly choices?: Readonly<Record<string, string>>;
}

/** Imports of files that lie on the web: fetched from public addresses only, then imported like any other. */
@ApiTags('imports')
@Controller('api/imports/address')
export class ImportAddressController {
  private readonly http = new HttpClient({ maxBytes: MOST_BYTES, maxRedirects: 4, timeoutMs: TIMEOUT_MS, headers: { Accept: 'application/xml, text/xml, text/csv, */*' } });
  private readonly jobs: JobStore;
  private readonly files: ImportFiles;

  constructor(@Inject(PARTS) private readonly parts: HubParts) {
    this.jobs = new JobStore(parts.pool);
    this.files = new ImportFiles(parts.config.dataDir);
  }

  @Requires('catalog:write')
  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ImportDto })
  async import(@Body() body: ImportAddressDto, @Caller() caller: Principal, @Headers('accept-language') accepted?: string): Promise<ImportDto> {
    const { url, choices, format, mode, policy, dry_run, accept, currency } = body;
    const upload = await this.fetch(url);
    const path = await this.files.keep(upload).finally(() => rm(join(upload.file, '..'), { recursive: true, force: true }));
    const id = await this.jobs.enqueue('import', caller.author, {
      path,
      name: upload.name,
      mode: mode ?? 'upsert',
      policy: policy ?? 'reject-failed-rows',
      currency: currency ?? 'RUB',
      ...(format && { format }),
      ...(choices && { choices }),
      ...(dry_run && { dryRun: true }),
      ...(accept && { accept: true }),
    });
    const job = await this.jobs.get(id);
    if (!job) throw notFound('The import', 'id', id);
    return importView(job, languageOf(accepted));
  }

  private async fetch(url: string): Promise<Upload> {
    const folder = join(this.parts.config.dataDir, 'uploads', randomUUID());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, 'file');
    try {
      const { status, size } = await this.http.download(url, file);
      if (status === 200 && size > 0) return new Upload(file, nameOf(url), '', size);
      throw new Problem(422, 'address-unreadable', 'No file lies at the address', { detail: `status ${status}`, params: { why: `HTTP ${status}` } });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      if (error instanceof Problem) throw error;
      if (error instanceof AddressRefused) throw new Problem(422, 'file-address-refused', 'The address is not fetched', { detail: error.message });
      throw new Problem(422, 'address-unreadable', 'The file could not be fetched', { detail: errorText(error), params: { why: errorText(error) } });
    }
  }
}

/** Imports from one address are compared with each other, so the name says which address it is. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(-150);
}
