import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Requires } from '../auth/policy.js';
import { Problem } from '../http/problem.js';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { SandboxControl } from './sandbox-control.js';

export class ScrambleDto {
  @ApiPropertyOptional({ minimum: 0, maximum: 5000, default: 300 })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(5_000, { message: 'must be at most 5000' })
  readonly cards: number = 300;

  @ApiPropertyOptional({ minimum: 0, maximum: 5000, default: 0, description: 'cards that change harmlessly' })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(5_000, { message: 'must be at most 5000' })
  readonly echoes: number = 0;

  @ApiPropertyOptional({ description: 'the same seed scrambles the same way' })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(2_147_483_647, { message: 'must be at most 2147483647' })
  readonly seed?: number;
}

@ApiTags('demo')
@Controller('api/demo')
export class DemoController {
  constructor(@Inject(PARTS) private readonly parts: HubParts) {}

  @Requires('read')
  @Get()
  progress(): object {
    return { on: this.parts.config.demo.enabled, ...this.parts.demo()?.progress() };
  }

  /** Scrambles live cards on the sandbox, as an outsider would; the hub is told nothing. */
  @Requires('steer')
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
