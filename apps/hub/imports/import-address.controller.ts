import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { AddressRefused, errorText, HttpClient } from '#platform';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { Problem } from '../http/problem.js';
import { Upload } from '../http/upload.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';
import { ChoicesField } from './import-choices.js';
import { ImportStarter } from './import-starter.js';
import { ImportDto, ImportOptionsDto } from './imports.dto.js';

const MOST_BYTES = 512 * 1024 * 1024;
const TIMEOUT_MS = 10 * 60_000;

export class ImportAddressDto extends ImportOptionsDto {
  @ApiProperty({ description: 'public http or https address of the file, e.g. of a YML feed' })
  @IsString()
  @MaxLength(2000)
  readonly url!: string;

  @ChoicesField()
  readonly choices?: Readonly<Record<string, string>>;
}

/** Imports of files that lie on the web: fetched from public addresses only, then imported like any other. */
@ApiTags('imports')
@Controller('api/imports/address')
export class ImportAddressController {
  private readonly http = new HttpClient({ maxBytes: MOST_BYTES, maxRedirects: 4, timeoutMs: TIMEOUT_MS, headers: { Accept: 'application/xml, text/xml, text/csv, */*' } });
  private readonly starter: ImportStarter;

  constructor(@Inject(PARTS) private readonly parts: HubParts) {
    this.starter = new ImportStarter(parts);
  }

  @Requires('catalog:write')
  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ImportDto })
  async import(@Body() body: ImportAddressDto, @Caller() caller: Principal, @Headers('accept-language') accepted?: string): Promise<ImportDto> {
    const upload = await this.fetch(body.url);
    try {
      return await this.starter.importAtOnce(upload, body, caller, languageOf(accepted), body.choices);
    } finally {
      await rm(join(upload.file, '..'), { recursive: true, force: true });
    }
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
