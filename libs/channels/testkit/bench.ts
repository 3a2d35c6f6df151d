import assert from 'node:assert/strict';
import type { BrokenContract } from '#kernel';
import type { Budget, CardValues, Channel, Confirmation, ObservationPage, ObservedCard, PictureJudge, PushCall, PushOutcome, Run, Spend } from '#channels/contract';
import type { Change, Driver } from './driver.js';
import { TamperedWire } from './tampered-wire.js';

const NO_PICTURES: PictureJudge = { same: () => undefined };

/** One channel connected over a tampered wire, with everything it did written down. */
export class Bench {
  readonly wire: TamperedWire;
  readonly spent: Spend[] = [];
  readonly broken: BrokenContract[] = [];
  readonly budget: Budget;
  readonly channel: Channel;
  /** Set: nothing may be spent any more, and this is thrown instead. */
  refuseSpending: Error | undefined;

  constructor(readonly driver: Driver) {
    this.wire = new TamperedWire(driver.http);
    const real = driver.budget();
    this.budget = {
      take: async (spends, priority, signal) => {
        if (this.refuseSpending) throw this.refuseSpending;
        this.spent.push(...spends);
        await real.take(spends, priority, signal);
      },
      block: (bucket, until) => real.block(bucket, until),
      learn: (bucket, limit, used, perMs) => real.learn(bucket, limit, used, perMs),
    };
    this.channel = this.connect();
  }

  /** One more connection of the same account, on the same budget. */
  connect(): Channel {
    const { module, config, clock } = this.driver;
    return module.connect(config, { http: this.wire, budget: this.budget, clock, onBrokenContract: (error) => void this.broken.push(error) });
  }

  run(signal: AbortSignal = new AbortController().signal): Run {
    return { signal, priority: 3 };
  }

  async peek(...keys: string[]): Promise<ReadonlyMap<string, ObservedCard>> {
    const { cards } = await this.channel.peek(keys, this.driver.module.descriptor.facets, this.run());
    return new Map(cards.map((card) => [card.key, card]));
  }

  async card(key: string): Promise<ObservedCard> {
    const card = (await this.peek(key)).get(key);
    assert.ok(card, `${key} is not shown`);
    return card;
  }

  async sweep(lane: string, signal?: AbortSignal): Promise<ObservationPage[]> {
    const pages: ObservationPage[] = [];
    for await (const page of this.channel.sweep(lane, undefined, this.run(signal))) pages.push(page);
    return pages;
  }

  /** A composed call, with the live card carried as the engine carries it. */
  async call(key: string, change: Change): Promise<PushCall> {
    const live = await this.card(key);
    const item = {
      key,
      externalId: live.externalId,
      ids: live.ids,
      values: change.values,
      carry: live.values,
      ...(live.document === undefined ? {} : { document: live.document }),
      ...(change.mediaUrls === undefined ? {} : { mediaUrls: change.mediaUrls }),
    };
    return { item, body: this.driver.module.compose(change.operation, item) };
  }

  push(operation: string, calls: readonly PushCall[], signal?: AbortSignal): Promise<readonly PushOutcome[]> {
    return this.channel.push(operation, calls, this.run(signal));
  }

  /** Sends one change of some cards and answers how each ended once its task is over. */
  async pushToEnd(change: Change, calls: readonly PushCall[]): Promise<readonly (PushOutcome | Confirmation)[]> {
    const outcomes = await this.push(change.operation, calls);
    await this.driver.settle();
    return Promise.all(
      outcomes.map(async (outcome, index) => {
        if (outcome.kind !== 'accepted' || outcome.receipt === undefined) return outcome;
        return this.confirmed(calls[index]?.item.key ?? '', change.operation, outcome.receipt);
      }),
    );
  }

  /** Whether the live card shows these values, in the channel's own sense. */
  shows(card: ObservedCard, values: CardValues): boolean {
    const { module } = this.driver;
    return module.descriptor.facets.every((facet) => {
      if (facet === 'stock') return Object.entries(values.stock ?? {}).every(([part, pieces]) => card.values.stock?.[part] === pieces);
      const [wanted, shown] = [values[facet], card.values[facet]];
      return wanted === undefined || (shown !== undefined && module.isEcho(facet, wanted, shown, NO_PICTURES) === 'yes');
    });
  }

  private async confirmed(key: string, operation: string, receipt: string): Promise<Confirmation> {
    for (let turn = 0; turn < 200; turn++) {
      const [state] = await this.channel.confirm([{ key, operation, receipt }], this.run());
      if (!state) throw new Error('confirm answered nothing for a receipt');
      if (state.kind !== 'running') {
        await this.driver.settle();
        return state;
      }
      await this.driver.settle();
    }
    throw new Error(`the task of ${key} never ended`);
  }
}
