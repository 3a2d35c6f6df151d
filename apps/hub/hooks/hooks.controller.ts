import { Controller, HttpCode, Param, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Open } from '../auth/policy.js';
import { HubMetrics } from '../health/metrics.js';
import { YesNoField } from '../http/answer-fields.js';
import { Problem } from '../http/problem.js';
import { DeliveryLog } from './delivery-log.js';
import { DeliveryRate } from './delivery-rate.js';
import { HintIntake } from './hint-intake.js';
import { HookDirectory } from './hook-directory.js';

class DeliveryTakenDto {
  @YesNoField()
  readonly taken!: boolean;
}

/** Where channels deliver word of changes. */
@ApiTags('hooks')
@Controller('api/hooks')
export class HooksController {
  constructor(
    private readonly directory: HookDirectory,
    private readonly rate: DeliveryRate,
    private readonly intake: HintIntake,
    private readonly log: DeliveryLog,
    private readonly metrics: HubMetrics,
  ) {}

  /** Public: the signature over the body is the proof. What is told is only a reason to look, so a delivery that came twice does no harm. */
  @Open()
  @ApiOkResponse({ type: DeliveryTakenDto })
  @HttpCode(200)
  @Post(':account')
  async deliver(@Param('account') account: string, @Req() request: RawBodyRequest<FastifyRequest>): Promise<object> {
    const hook = await this.directory.find(account);
    if (hook === undefined) throw new Problem(404, 'not-found', 'There is nothing at this address', { params: { thing: 'address' } });
    const hint = hook.read({ headers: singleHeaders(request), body: request.rawBody ?? new Uint8Array() });
    const within = this.rate.take(account, hint.kind !== 'forged');
    this.metrics.countDelivery(account, !within ? 'too-many' : hint.kind === 'forged' ? 'forged' : 'taken');
    if (!within) throw new Problem(429, 'too-many', 'Too many deliveries', { headers: { 'retry-after': '1' } });
    this.log.note(account, hint.kind !== 'forged');
    if (hint.kind === 'forged') {
      await this.directory.doubt(account);
      throw new Problem(401, 'forged', 'The delivery is not signed by the channel');
    }
    if (hint.kind === 'cards') await this.intake.note(account, hint.cards);
    return { taken: true };
  }
}

/** A header that came more than once counts as not sent. */
function singleHeaders({ headers }: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]));
}
