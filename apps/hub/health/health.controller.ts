import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { errorCode } from '#platform';
import { Open } from '../auth/policy.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { hubMigrations } from '../start/migrations.js';
import { LiveDto, ReadinessDto } from './health.dto.js';
import { HubMetrics } from './metrics.js';

const KEPT_MS = 2_000;

@ApiTags('health')
@Controller()
export class HealthController {
  #last: { readonly at: number; readonly answer: Promise<ReadinessDto> } | undefined;

  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly metrics: HubMetrics,
  ) {}

  /** The process answers. */
  @Open()
  @ApiOkResponse({ type: LiveDto })
  @Get(['health', 'health/live'])
  live(): object {
    return { live: true };
  }

  /** Database, migrations, and a canary job there and back. Asked often, it is looked at every two seconds. */
  @Open()
  @ApiOkResponse({ type: ReadinessDto })
  @ApiServiceUnavailableResponse({ type: ReadinessDto })
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessDto> {
    if (this.#last === undefined || Date.now() - this.#last.at > KEPT_MS) this.#last = { at: Date.now(), answer: this.look() };
    const answer = await this.#last.answer;
    if (!answer.ready) void reply.status(503);
    return answer;
  }

  /** Prometheus text. Figures only, no names of goods. */
  @Open()
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Get('metrics')
  async prometheus(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', this.metrics.contentType).send(await this.metrics.text());
  }

  private async look(): Promise<ReadinessDto> {
    const migrations = await this.migrated();
    const queue = migrations === undefined ? { ready: false as const, roundTripMs: undefined } : await this.parts.queues.readiness();
    return {
      ready: migrations === true && queue.ready,
      database: migrations !== undefined,
      migrations: migrations === true,
      queue: queue.ready,
      queue_round_trip_ms: queue.roundTripMs ?? null,
    };
  }

  /** Whether every migration of this build was applied; undefined when the database does not answer. */
  private async migrated(): Promise<boolean | undefined> {
    const names = hubMigrations.map((migration) => migration.name);
    try {
      const { rows } = await this.parts.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM schema_migration WHERE name = ANY ($1)', [names]);
      return rows[0]?.n === names.length;
    } catch (error) {
      return errorCode(error) === '42P01' ? false : undefined;
    }
  }
}
