import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

interface Injection {
  readonly offer_id: string;
  readonly kind: string;
  readonly facet: string;
  readonly partner_offer_id?: string;
  readonly restored: boolean;
}

describe('a marketplace that scrambles cards', () => {
  let world: AccountWorld;
  const cards = 240;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: cards });
    await world.untilInSync(cards);
  }, 240_000);
  afterAll(() => world.close());

  it('has every scrambled card noticed, named, proven and put right, and no other card touched', async () => {
    const before = await lastLedger(world);
    const answer = await world.control<{ injected: Injection[]; echoes: { offer_id: string }[] }>('POST', '/gremlins', { seed: 3, cards: 60, echo_cards: 50 });
    await world.until(async () => (await injected(world)).every((one) => one.restored) && (await world.counts())['in_sync'] === cards, 'healing', 90);
    const drifts = await world.pool.query<{ key: string; facet: string; kind: string; cause: string; partners: { sku: string }[]; state: string; details: unknown }>(
      'SELECT l.key, d.facet, d.kind, d.cause, d.partners, d.state, d.details FROM drift d JOIN listing l ON l.id = d.listing_id',
    );
    const wrong = answer.injected.filter(
      (one) =>
        !drifts.rows.some(
          (drift) => drift.key === one.offer_id && drift.kind === one.kind && (!one.partner_offer_id || drift.partners.some((p) => p.sku === one.partner_offer_id)),
        ),
    );
    const scrambled = new Set(answer.injected.map((one) => one.offer_id));
    const alarms = drifts.rows.filter((drift) => !scrambled.has(drift.key));
    expect({ wrong: wrong.map((one) => [one, drifts.rows.filter((drift) => drift.key === one.offer_id)]), alarms }).toEqual({ wrong: [], alarms: [] });
    expect(await needless(world, before)).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 300_000);
});

async function injected(world: AccountWorld): Promise<Injection[]> {
  return (await world.control<{ injected: Injection[] }>('GET', '/injected')).injected;
}

interface LedgerEntry {
  readonly seq: number;
  readonly key: string;
  readonly offer_id: string;
  readonly facets: readonly { readonly facet: string; readonly needless: boolean }[];
}

async function lastLedger(world: AccountWorld): Promise<number> {
  return (await ledger(world, 0)).at(-1)?.seq ?? 0;
}

async function ledger(world: AccountWorld, after: number): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const page = await world.control<{ entries: LedgerEntry[] }>('GET', `/ledger?after=${entries.at(-1)?.seq ?? after}&limit=1000`);
    if (page.entries.length === 0) return entries;
    entries.push(...page.entries);
  }
}

async function needless(world: AccountWorld, after: number): Promise<unknown[]> {
  return (await ledger(world, after)).filter((entry) => entry.key === 'A' && entry.facets.some((facet) => facet.needless));
}
