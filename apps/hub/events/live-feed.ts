import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Observable, Subject } from 'rxjs';
import { driftSummary, workFigures } from '#reconcile';
import { errorText } from '#platform';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { StatusService } from '../status/status.service.js';

/** One server-sent event. */
export interface LiveEvent {
  readonly type: 'status' | 'drifts' | 'sweeps' | 'beat';
  readonly data: object;
}

const EVERY_MS = 1_000;
const BEAT_MS = 15_000;

/** Looks once a second while somebody listens, and tells what is different from what was told last. */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  readonly #news = new Subject<LiveEvent>();
  readonly #told = new Map<LiveEvent['type'], string>();
  #listeners = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #beatAt = 0;

  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly status: StatusService,
  ) {}

  onModuleDestroy(): void {
    clearInterval(this.#timer);
    this.#news.complete();
  }

  events(): Observable<LiveEvent> {
    return new Observable<LiveEvent>((listener) => {
      this.#listeners += 1;
      // A new listener is told everything at the next look.
      this.#told.clear();
      const subscription = this.#news.subscribe(listener);
      this.#timer ??= setInterval(() => void this.look(), EVERY_MS);
      void this.look();
      return () => {
        subscription.unsubscribe();
        this.#listeners -= 1;
        if (this.#listeners === 0) {
          clearInterval(this.#timer);
          this.#timer = undefined;
        }
      };
    });
  }

  private async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const [status, drifts, work] = await Promise.all([this.status.status(), driftSummary(this.parts.pool), workFigures(this.parts.pool)]);
      this.tell('status', status);
      this.tell('drifts', drifts);
      this.tell('sweeps', { sweeps: work.sweeps });
      if (Date.now() - this.#beatAt >= BEAT_MS) {
        this.#beatAt = Date.now();
        this.#news.next({ type: 'beat', data: {} });
      }
    } catch (error) {
      this.parts.logger.debug({ reason: errorText(error) }, 'the live view was not refreshed');
    } finally {
      this.#looking = false;
    }
  }

  private tell(type: LiveEvent['type'], data: object): void {
    const text = JSON.stringify(data);
    if (this.#told.get(type) === text) return;
    this.#told.set(type, text);
    this.#news.next({ type, data });
  }
}
