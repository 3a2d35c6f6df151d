import type { ChannelClock } from '../clock.js';
import type { CabinetOffice } from './cabinet.js';
import { Problem } from './problem.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a method may be asked for in one period, without a subscription (or Light) and with Medium. */
export interface Limit {
  /** Name of the resource in messages. */
  readonly name: string;
  readonly none: number;
  readonly medium: number;
  readonly period: 'minute' | 'hour';
}

export const perMinute = (name: string, none: number, medium = none): Limit => ({ name, none, medium, period: 'minute' });
export const perHour = (name: string, none: number, medium = none): Limit => ({ name, none, medium, period: 'hour' });

/** Whose limit it is: the business or the campaign of the path. */
export interface Entity {
  readonly kind: 'businessId' | 'campaignId';
  readonly id: number;
}

interface Window {
  used: number;
  until: number;
}

/** Resource limits: so many units in a period that begins with its first request, for each method and entity, both keys together. */
export class Limits {
  private readonly windows = new Map<string, Window>();
  refused = 0;

  constructor(
    private readonly clock: ChannelClock,
    private readonly cabinet: CabinetOffice,
  ) {}

  /** Takes units before the work is done; throws 420 when there are not so many. With 0 it only asks whether any is left. */
  take(limit: Limit, entity: Entity, units: number): void {
    if (this.cabinet.current.limits === 'off') return;
    const window = this.window(limit, entity);
    const most = this.most(limit);
    if (units === 0 ? window.used >= most : window.used + units > most) throw this.tooMany(limit, entity);
    window.used += units;
  }

  /** Takes units that only the answer has shown. */
  charge(limit: Limit, entity: Entity, units: number): void {
    if (this.cabinet.current.limits === 'on') this.window(limit, entity).used += units;
  }

  /** Headers of every answer. */
  headers(limit: Limit, entity: Entity): Record<string, string> {
    if (this.cabinet.current.limits === 'off') return {};
    const { used, until } = this.window(limit, entity);
    const most = this.most(limit);
    return {
      'X-RateLimit-Resource-Limit': String(most),
      'X-RateLimit-Resource-Remaining': String(Math.max(0, most - used)),
      // Dates in headers have whole seconds: it is true at that second.
      'X-RateLimit-Resource-Until': new Date(Math.ceil(until / 1000) * 1000).toUTCString(),
    };
  }

  tooMany(limit: Limit, entity: Entity): Problem {
    this.refused++;
    const text = `Hit rate limit of ${this.most(limit)} requests per 1 ${limit.period} for resource ${limit.name} for ${entity.kind} ${entity.id}`;
    return new Problem(420, 'LIMIT_EXCEEDED', text, this.headers(limit, entity));
  }

  reset(): void {
    this.windows.clear();
    this.refused = 0;
  }

  private most({ none, medium }: Limit): number {
    return this.cabinet.current.subscription === 'MEDIUM' ? medium : none;
  }

  private window(limit: Limit, { kind, id }: Entity): Window {
    const name = `${limit.name}/${kind}/${id}`;
    const now = this.clock.now();
    let window = this.windows.get(name);
    if (!window || window.until <= now) {
      window = { used: 0, until: now + (limit.period === 'minute' ? MINUTE : HOUR) };
      this.windows.set(name, window);
    }
    return window;
  }
}
