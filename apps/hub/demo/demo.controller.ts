import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Requires } from '../auth/policy.js';
import { Problem } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { DemoDto, ScrambleDto, ScrambledDto } from './demo.dto.js';
import { SandboxControl } from './sandbox-control.js';

@ApiTags('demo')
@Controller('api/demo')
export class DemoController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  @Requires('read')
  @ApiOkResponse({ type: DemoDto })
  @Get()
  progress(): object {
    return { on: this.parts.config.demo.enabled, ...this.parts.demo()?.progress() };
  }

  /** Scrambles live cards on the sandbox, as an outsider would; the hub is told nothing. */
  @Requires('steer')
  @ApiOkResponse({ type: ScrambledDto })
  @Post('scramble')
  @HttpCode(200)
  async scramble(@Body() body: ScrambleDto): Promise<object> {
    const url = this.parts.demo()?.sandboxUrl();
    if (url === undefined) {
      throw new Problem(409, 'no-demo', 'There is no demo to scramble');
    }
    const seed = body.seed ?? Date.now() % 2_147_483_647;
    return { seed, ...(await new SandboxControl(url).scramble({ seed, cards: body.cards, echo_cards: body.echoes })) };
  }
}
