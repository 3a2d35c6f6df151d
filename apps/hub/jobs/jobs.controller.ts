import { Controller, Get, HttpCode, Inject, Param, Post, Query, Sse } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { concatMap, defer, distinctUntilChanged, map, type Observable, repeat, takeWhile } from 'rxjs';
import { JobStore, type StoredJob } from '#catalog';
import { Requires } from '../auth/policy.js';
import { pageOf } from '../http/answer-fields.js';
import { readIdCursor, writeCursor } from '../http/cursor.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { isAtRest, jobView } from './job-view.js';
import { JobDto, JobQueryDto } from './jobs.dto.js';

const LOOK_MS = 300;

/** Long work on the catalog: imports, bulk edits, fetching of pictures. */
@ApiTags('jobs')
@Controller('api/jobs')
export class JobsController {
  private readonly jobs: JobStore;

  constructor(@Inject(PARTS) parts: HubParts) {
    this.jobs = new JobStore(parts.pool);
  }

  /** Newest first. */
  @Requires('read')
  @Get()
  @ApiOkResponse({ type: pageOf(JobDto) })
  async list(@Query() { cursor, limit, kind }: JobQueryDto): Promise<object> {
    const before = readIdCursor(cursor);
    const found = await this.jobs.list({ limit: limit + 1, ...(kind !== undefined && { kind }), ...(before !== undefined && { before }) });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(jobView), next_cursor: found.length > limit && last ? writeCursor([last.id]) : null };
  }

  @Requires('read')
  @Get(':id')
  @ApiOkResponse({ type: JobDto })
  async one(@Param('id', IdPipe) id: string): Promise<JobDto> {
    return jobView(await this.existing(id));
  }

  /** Server-sent events: `job` whenever it moved on. The stream ends when the job does, or waits for a person. */
  @Requires('read')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Sse(':id/events')
  events(@Param('id', IdPipe) id: string): Observable<{ type: string; data: JobDto }> {
    return defer(() => this.existing(id)).pipe(
      repeat({ delay: LOOK_MS }),
      takeWhile((job) => !isAtRest(job), true),
      map(jobView),
      distinctUntilChanged((before, now) => JSON.stringify(before) === JSON.stringify(now)),
      concatMap((data) => [{ type: 'job', data }]),
    );
  }

  /** Ends a job after the batch under way; what is written stays and is reported. */
  @Requires('catalog:write')
  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOkResponse({ type: JobDto })
  async cancel(@Param('id', IdPipe) id: string): Promise<JobDto> {
    const job = await this.jobs.cancel(id);
    if (!job) throw notFound('The job', 'id', id);
    return jobView(job);
  }

  private async existing(id: string): Promise<StoredJob> {
    const job = await this.jobs.get(id);
    if (!job) throw notFound('The job', 'id', id);
    return job;
  }
}
