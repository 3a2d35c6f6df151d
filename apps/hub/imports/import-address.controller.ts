import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { BrokenContract } from '#kernel';
import { AddressRefused, errorText, HttpClient } from '#platform';
import { type FaultCode, type FaultParams } from '#catalog';
import { Caller } from '../auth/caller.js';
import { Requires } from '../auth/policy.js';
import type { Principal } from '../auth/scopes.js';
import { inCatalogWords } from '../http/known-problem.js';
import { Problem } from '../http/problem.js';
import { Upload } from '../http/upload.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { languageOf } from '../texts/language.js';
import { ChoicesField } from './import-choices.js';
import { privateHosts } from './private-hosts.js';
import { ImportStarter } from './import-starter.js';
import { ImportDto, ImportOptionsDto } from './imports.dto.js';

const MOST_MB = 512;
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
  private readonly http: HttpClient;
  private readonly starter: ImportStarter;

  constructor(@Inject(PARTS) private readonly parts: HubParts) {
    this.http = new HttpClient({
      maxBytes: MOST_MB * 1024 * 1024,
      maxRedirects: 4,
      timeoutMs: TIMEOUT_MS,
      allowPrivate: privateHosts(parts.config),
      headers: { Accept: 'application/xml, text/xml, text/csv, */*' },
    });
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
      throw status === 200 ? unread(url, 'address-empty') : unread(url, 'address-status', { status });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      if (error instanceof Problem) throw error;
      if (error instanceof AddressRefused) throw unread(url, error.reason, error.params, 'file-address-refused');
      if (error instanceof BrokenContract) throw unread(url, 'address-too-large', { max: MOST_MB });
      throw unread(url, 'address-no-answer', { why: errorText(error).slice(0, 200) });
    }
  }
}

/** Why there is no file, in the words of the catalog: it says the same of the addresses of pictures. */
function unread(url: string, code: FaultCode, params?: FaultParams, kind: 'address-unreadable' | 'file-address-refused' = 'address-unreadable'): Problem {
  const explain = inCatalogWords({ code, params });
  const told = explain('en');
  return new Problem(422, kind, 'No file was fetched from the address', {
    detail: told.message,
    explain,
    errors: [{ field: 'url', value: url.slice(0, 200), code, ...told, explain }],
  });
}

/** Imports from one address are compared with each other, so the name says which address it is. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(-150);
}
