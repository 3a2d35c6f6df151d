import { Controller, Sse } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { Requires } from '../auth/policy.js';
import { type LiveEvent, LiveFeed } from './live-feed.js';

@ApiTags('status')
@Controller('api/events')
export class EventsController {
  constructor(private readonly feed: LiveFeed) {}

  /** Server-sent events: `status`, `drifts` and `sweeps` whenever they change, `beat` every 15 seconds. */
  @Requires('read')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Sse()
  events(): Observable<LiveEvent> {
    return this.feed.events();
  }
}
