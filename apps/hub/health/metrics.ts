import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { workFigures } from '#reconcile';
import type { HubParts } from '../parts/hub-parts.js';
import { PARTS } from '../parts/tokens.js';
import { StatusService } from '../status/status.service.js';

/** Everything Prometheus may ask of this hub, computed when it asks. */
@Injectable()
export class HubMetrics {
  readonly #registry = new Registry();
  readonly #listings = this.gauge('etalon_listings', 'Listings by state', ['account', 'state']);
  readonly #drifts = this.gauge('etalon_drifts', 'Drifts ever noticed, by kind, cause and what became of them', ['account', 'kind', 'cause', 'state']);
  readonly #driftRate = this.gauge('etalon_drift_rate', 'Share of listings that show a drift now', ['account']);
  readonly #repairSuccess = this.gauge('etalon_repair_success', 'Share of ended drifts that were healed', ['account']);
  readonly #readAge = this.gauge('etalon_last_read_age_seconds', 'Age of the last finished read, on the clock of the account', ['account', 'facet']);
  readonly #pushes = this.gauge('etalon_pushes', 'Pushes by phase', ['account', 'phase']);
  readonly #budget = this.gauge('etalon_budget_left', 'What is left of a limit', ['account', 'bucket']);
  readonly #queue = this.gauge('etalon_queue_jobs', 'Jobs by state', ['queue', 'state']);
  readonly #deliveries = new Counter({
    name: 'etalon_hook_deliveries_total',
    help: 'Deliveries of channels that tell of changes, by answer',
    labelNames: ['account', 'answer'] as const,
    registers: [this.#registry],
  });

  constructor(
    @Inject(PARTS) private readonly parts: HubParts,
    private readonly status: StatusService,
  ) {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  countDelivery(account: string, answer: 'taken' | 'forged' | 'too-many'): void {
    this.#deliveries.inc({ account, answer });
  }

  async text(): Promise<string> {
    const [status, work, depth, lanes] = await Promise.all([this.status.status(), workFigures(this.parts.pool), this.parts.queues.depth('lanes'), this.parts.lanes()?.health()]);
    for (const gauge of [this.#listings, this.#drifts, this.#driftRate, this.#repairSuccess, this.#readAge, this.#pushes, this.#budget, this.#queue]) gauge.reset();
    for (const account of status.accounts) {
      for (const state of ['in_sync', 'pending', 'drifted', 'failing', 'held', 'ignored', 'unknown'] as const) this.#listings.set({ account: account.id, state }, account[state]);
      for (const [facet, age] of Object.entries(account.sweep_age_seconds)) if (typeof age === 'number') this.#readAge.set({ account: account.id, facet }, age);
      this.#driftRate.set({ account: account.id }, account.listings === 0 ? 0 : account.drifted / account.listings);
    }
    this.countDrifts(work.drifts);
    for (const { account_id, phase, n } of work.intents) this.#pushes.set({ account: account_id, phase }, n);
    for (const [state, n] of Object.entries(depth ?? {})) this.#queue.set({ queue: 'lanes', state }, n);
    for (const account of lanes?.accounts ?? []) {
      for (const { bucket, left } of account.budget ?? []) if (Number.isFinite(left)) this.#budget.set({ account: account.accountId, bucket }, left);
    }
    return this.#registry.metrics();
  }

  private countDrifts(drifts: readonly { readonly account_id: string; readonly kind: string; readonly cause: string; readonly state: string; readonly n: number }[]): void {
    const ended = new Map<string, { healed: number; all: number }>();
    for (const { account_id: account, kind, cause, state, n } of drifts) {
      this.#drifts.set({ account, kind, cause, state }, n);
      const sum = ended.get(account) ?? { healed: 0, all: 0 };
      if (state === 'healed') sum.healed += n;
      if (state === 'healed' || state === 'case' || state === 'held') sum.all += n;
      ended.set(account, sum);
    }
    for (const [account, { healed, all }] of ended) this.#repairSuccess.set({ account }, all === 0 ? 1 : healed / all);
  }

  private gauge<T extends string>(name: string, help: string, labelNames: readonly T[]): Gauge<T> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }
}
