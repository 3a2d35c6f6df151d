import type { ChannelClock } from '../clock.js';
import { seeded, type Random } from '../random.js';

export const FAULT_KINDS = [
  'hang',
  'http_500',
  'http_503',
  'lost_answer',
  'slow_answer',
  'truncated_page',
  'duplicate_page',
  'slow_index',
  'rate_429',
  'items_429',
  'circle_open',
  'bad_json',
  'html_200',
  'decline_moderation',
  'fail_item',
  'revoke_key',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRule {
  match: { path?: string; key?: 'A' | 'B'; offer_ids?: string[] };
  kind: FaultKind;
  /** 0..1; 1 when absent. */
  probability?: number;
  /** How many times it may fire; unlimited when absent. */
  count?: number;
  /** Channel seconds: how long a slow index lags, a slow answer is on its way, or a hang lasts (for ever when absent). */
  seconds?: number;
}

interface Armed {
  rule: FaultRule;
  fired: number;
}

export interface FaultRequest {
  path: string;
  key: 'A' | 'B';
  offerIds: readonly string[];
}

const ITEM_KINDS: ReadonlySet<FaultKind> = new Set(['decline_moderation', 'fail_item', 'slow_index']);

/** Faults on order. Each rule fires by its own seeded draw, so a run with the same rules and calls repeats. */
export class FaultBoard {
  private armed: Armed[] = [];
  private random: Random;

  constructor(
    private readonly clock: ChannelClock,
    seed: string,
  ) {
    this.random = seeded(seed, 'faults');
  }

  set(rules: readonly FaultRule[], seed: string): void {
    this.armed = rules.map((rule) => ({ rule, fired: 0 }));
    this.random = seeded(seed, 'faults');
  }

  rules(): { rule: FaultRule; fired: number }[] {
    return this.armed.map(({ rule, fired }) => ({ rule, fired }));
  }

  /** The fault that strikes this request as a whole, if any. */
  forRequest(request: FaultRequest): FaultRule | undefined {
    return this.draw((rule) => !ITEM_KINDS.has(rule.kind) && this.meets(rule, request));
  }

  declines(offerId: string): boolean {
    return this.item('decline_moderation', offerId) !== undefined;
  }

  failsItem(offerId: string): boolean {
    return this.item('fail_item', offerId) !== undefined;
  }

  /** Channel moment until which a write of this card stays invisible to readers; undefined when it shows at once. */
  slowUntil(offerId: string): number | undefined {
    const rule = this.item('slow_index', offerId);
    return rule ? this.clock.now() + (rule.seconds ?? 30) * 1000 : undefined;
  }

  private item(kind: FaultKind, offerId: string): FaultRule | undefined {
    return this.draw((rule) => rule.kind === kind && (!rule.match.offer_ids || rule.match.offer_ids.includes(offerId)));
  }

  private meets(rule: FaultRule, request: FaultRequest): boolean {
    const { path, key, offer_ids: offers } = rule.match;
    if (path !== undefined && path !== request.path) return false;
    if (key !== undefined && key !== request.key) return false;
    return !offers || offers.some((o) => request.offerIds.includes(o));
  }

  private draw(meets: (rule: FaultRule) => boolean): FaultRule | undefined {
    for (const armed of this.armed) {
      const { rule } = armed;
      if (rule.count !== undefined && armed.fired >= rule.count) continue;
      if (!meets(rule)) continue;
      if (rule.probability !== undefined && this.random.next() >= rule.probability) continue;
      armed.fired++;
      return rule;
    }
    return undefined;
  }
}
