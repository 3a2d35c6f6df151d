import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Requires } from '../auth/policy.js';
import { Problem } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { DemoDto, ScrambleDto, ScrambledDto } from './demo.dto.js';
import { SandboxControl } from './sandbox-control.js';

/** One of `parts` nearly equal parts of a whole number. */
function share(whole: number, parts: number, index: number): number {
  return Math.floor(whole / parts) + (index < whole % parts ? 1 : 0);
}

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

  /** Scrambles live cards on the sandbox, spread over its channels, as an outsider would; the hub is told nothing. */
  @Requires('steer')
  @ApiOkResponse({ type: ScrambledDto })
  @Post('scramble')
  @HttpCode(200)
  async scramble(@Body() body: ScrambleDto): Promise<object> {
    const demo = this.parts.demo();
    const url = demo?.sandboxUrl();
    const channels = demo?.progress().accounts.map(({ channel }) => channel) ?? [];
    if (url === undefined || channels.length === 0) {
      throw new Problem(409, 'no-demo', 'There is no demo to scramble');
    }
    const seed = body.seed ?? Date.now() % 2_147_483_647;
    const sandbox = new SandboxControl(url);
    const done = { injected: 0, echoes: 0 };
    for (const [index, channel] of channels.entries()) {
      const order = { seed, cards: share(body.cards, channels.length, index), echo_cards: share(body.echoes, channels.length, index) };
      const { injected, echoes } = await sandbox.scramble(channel, order);
      done.injected += injected;
      done.echoes += echoes;
    }
    return { seed, ...done };
  }
}
