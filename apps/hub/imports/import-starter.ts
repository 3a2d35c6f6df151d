import { explainFault, type ImportPreview, type ImportRequest, JobStore, type Language, previewImport, type StoredJob, UnreadableFile } from '#catalog';
import type { Principal } from '../auth/scopes.js';
import { notFound, Problem } from '../http/problem.js';
import type { Upload } from '../http/upload.js';
import type { HubParts } from '../parts/hub-parts.js';
import { ImportFiles } from './import-files.js';
import { importView } from './import-view.js';
import type { ImportDto, ImportOptionsDto } from './imports.dto.js';

type Choices = NonNullable<ImportRequest['choices']>;

/** Looks at files that are to be imported, and queues their imports. */
export class ImportStarter {
  readonly jobs: JobStore;
  readonly files: ImportFiles;

  constructor(private readonly parts: HubParts) {
    this.jobs = new JobStore(parts.pool);
    this.files = new ImportFiles(parts.config.dataDir);
  }

  /** Keeps a file and looks at it; one that cannot be read is not kept. @throws Problem saying why */
  async take(upload: Upload, language: Language, format?: string, choices?: Choices): Promise<{ readonly path: string; readonly preview: ImportPreview }> {
    const path = await this.files.keep(upload);
    try {
      return { path, preview: await this.preview(path, upload.name, language, format, choices) };
    } catch (error) {
      await this.files.remove(path);
      throw error;
    }
  }

  /** Imports a file at once, with the columns understood as they were the last time. @throws Problem when it cannot be read at all */
  async importAtOnce(upload: Upload, options: ImportOptionsDto, caller: Principal, language: Language, choices: Choices = {}): Promise<ImportDto> {
    const { path, preview } = await this.take(upload, language, options.format, choices);
    const columns = preview.remembered ? preview.columns?.map(({ meaning }) => meaning) : undefined;
    return this.start({ path, name: upload.name, ...(columns && { columns }), ...(Object.keys(choices).length > 0 && { choices }), ...asked(options) }, caller, language);
  }

  async start(request: ImportRequest, caller: Principal, language: Language): Promise<ImportDto> {
    const id = await this.jobs.enqueue('import', caller.author, request);
    return importView(await this.existing(id), language);
  }

  async existing(id: string): Promise<StoredJob> {
    const job = await this.jobs.get(id);
    if (job?.kind !== 'import') throw notFound('The import', 'id', id);
    return job;
  }

  async preview(path: string, name: string, language: Language, format?: string, choices?: Choices): Promise<ImportPreview> {
    try {
      return await previewImport(this.parts.pool, this.files.locate(path), name, { format, sheet: choices?.['sheet'] });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      const { reason, remedy } = explainFault(error.issue, language);
      throw new Problem(422, 'unreadable-file', reason, { detail: reason, remedy, more: { fault: error.issue.code } });
    }
  }
}

/** The options of a request as a job keeps them. */
export function asked({ format, mode, policy, dry_run, accept, currency }: ImportOptionsDto): Omit<ImportRequest, 'path' | 'name'> {
  return {
    mode: mode ?? 'upsert',
    policy: policy ?? 'reject-failed-rows',
    currency: currency ?? 'RUB',
    ...(format && { format }),
    ...(dry_run && { dryRun: true }),
    ...(accept && { accept: true }),
  };
}
