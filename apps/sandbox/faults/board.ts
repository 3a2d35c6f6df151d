import type { ChannelClock } from '../clock.js';
import { seeded, type Random } from '../random.js';

/** Faults that any channel over HTTP can suffer; a market adds its own kinds. */
export const COMMON_FAULTS = [
  'hang',
  'http_500',
  'http_503',
  'lost_answer',
  'slow_answer',
  'truncated_page',
  'duplicate_page',
  'slow_index',
  'bad_json',
  'html_200',
  'fail_item',
  'revoke_key',
  'rewrite_field',
  'surprise_fields',
  'switched_off',
] as const;
export type CommonFault = (typeof COMMON_FAULTS)[number];

export interface FaultRule<Kind extends string = string> {
  match: { path?: string; key?: 'A' | 'B'; offer_ids?: string[] };
  kind: Kind;
  /** 0..1; 1 when absent. */
  probability?: number;
  /** How many times it may fire; unlimited when absent. */
  count?: number;
  /** Channel seconds: how long a slow index lags, a slow answer is on its way, or a hang lasts (for ever when absent). */
  seconds?: number;
  /** `rewrite_field`: the member of the answer that becomes `value`, or goes away when there is none. */
  field?: string;
  value?: string | number | boolean | null;
}

interface Armed<Kind extends string> {
  rule: FaultRule<Kind>;
  fired: number;
}

export interface FaultRequest {
  path: string;
  key: 'A' | 'B';
  offerIds: readonly string[];
}

/** Faults on order. Each rule fires by its own seeded draw, so a run with the same rules and calls repeats. */
export class FaultBoard<Kind extends string = string> {
  private armed: Armed<Kind>[] = [];
  private random: Random;

  /** `itemKinds` strike single cards; every other kind strikes a request as a whole. */
  constructor(
    private readonly clock: ChannelClock,
    seed: string,
    private readonly itemKinds: ReadonlySet<Kind>,
  ) {
    this.random = seeded(seed, 'faults');
  }

  set(rules: readonly FaultRule<Kind>[], seed: string): void {
    this.armed = rules.map((rule) => ({ rule, fired: 0 }));
    this.random = seeded(seed, 'faults');
  }

  rules(): { rule: FaultRule<Kind>; fired: number }[] {
    return this.armed.map(({ rule, fired }) => ({ rule, fired }));
  }

  /** The fault that strikes this request as a whole, if any. */
  forRequest(request: FaultRequest): FaultRule<Kind> | undefined {
    return this.draw((rule) => !this.itemKinds.has(rule.kind) && meets(rule, request));
  }

  /** The fault of a kind that strikes this card, if any. */
  forItem(kind: Kind, offerId: string): FaultRule<Kind> | undefined {
    return this.draw((rule) => rule.kind === kind && (!rule.match.offer_ids || rule.match.offer_ids.includes(offerId)));
  }

  /** Channel moment until which a fault of this kind, 30 seconds long unless told, lasts; undefined when none strikes. */
  untilOf(kind: Kind, offerId: string): number | undefined {
    const rule = this.forItem(kind, offerId);
    return rule ? this.clock.now() + (rule.seconds ?? 30) * 1000 : undefined;
  }

  private draw(wanted: (rule: FaultRule<Kind>) => boolean): FaultRule<Kind> | undefined {
    for (const armed of this.armed) {
      const { rule } = armed;
      if (rule.count !== undefined && armed.fired >= rule.count) continue;
      if (!wanted(rule)) continue;
      if (rule.probability !== undefined && this.random.next() >= rule.probability) continue;
      armed.fired++;
      return rule;
    }
    return undefined;
  }
}

function meets(rule: FaultRule, request: FaultRequest): boolean {
  const { path, key, offer_ids: offers } = rule.match;
  if (path !== undefined && path !== request.path) return false;
  if (key !== undefined && key !== request.key) return false;
  return !offers || offers.some((o) => request.offerIds.includes(o));
}
