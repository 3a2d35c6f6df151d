import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Open } from '../auth/policy.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { HubMetrics } from './metrics.js';

const KEPT_MS = 2_000;

interface Readiness {
  readonly ready: boolean;
  readonly database: boolean;
  readonly migrations: boolean;
  readonly queue: boolean;
  readonly queue_round_trip_ms: number | null;
}

@ApiTags('health')
@Controller()
export class HealthController {
  #last: { readonly at: number; readonly answer: Promise<Readiness> } | undefined;

  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly metrics: HubMetrics,
  ) {}

  /** The process answers. */
  @Open()
  @Get(['health', 'health/live'])
  live(): object {
    return { live: true };
  }

  /** Database, migrations, and a canary job there and back. Asked often, it is looked at every two seconds. */
  @Open()
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    if (this.#last === undefined || Date.now() - this.#last.at > KEPT_MS) this.#last = { at: Date.now(), answer: this.look() };
    const answer = await this.#last.answer;
    if (!answer.ready) void reply.status(503);
    return answer;
  }

  /** Prometheus text. Figures only, no names of goods. */
  @Open()
  @Get('metrics')
  async prometheus(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', this.metrics.contentType).send(await this.metrics.text());
  }

  private async look(): Promise<Readiness> {
    const migrations = await this.parts.pool.query<{ there: boolean }>(`SELECT to_regclass('hub_fact') IS NOT NULL AS there`).then(
      ({ rows }) => rows[0]?.there === true,
      () => undefined,
    );
    const queue = migrations === undefined ? { ready: false as const, roundTripMs: undefined } : await this.parts.queues.readiness();
    return {
      ready: migrations === true && queue.ready,
      database: migrations !== undefined,
      migrations: migrations === true,
      queue: queue.ready,
      queue_round_trip_ms: queue.roundTripMs ?? null,
    };
  }
}
