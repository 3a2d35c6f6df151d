import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decideProposal } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 16;

interface Proposal {
  id: string;
  key: string;
  sku: string;
  score: number;
  state: string;
  decided_by: string | null;
  reasons: { code: string }[];
}

describe('live cards under articles of their own', () => {
  let seller: AccountWorld;
  let world: AccountWorld;
  let renamed: string[] = [];
  const articleOf = (sku: string) => `OLD-${sku}`;
  beforeAll(async () => {
    seller = await AccountWorld.open({ products: CARDS, quiet: true });
    await seller.untilInSync(CARDS);
    renamed = (await seller.skus()).slice(0, 3);
    await seller.stop();
    await seller.otherIntegration('/v1/product/update/offer-id', { update_offer_id: renamed.map((sku) => ({ offer_id: sku, new_offer_id: articleOf(sku) })) });
    await seller.jump(1_200);
    world = await seller.join({ quiet: true });
  }, 120_000);
  afterAll(() => seller.close());

  const proposals = async (): Promise<Proposal[]> =>
    (
      await world.pool.query<Proposal>(
        `SELECT m.id, l.key, p.sku, m.score, m.state, m.decided_by, m.reasons FROM match_proposal m
         JOIN listing l ON l.id = m.listing_id JOIN product p ON p.id = m.product_id WHERE m.account_id = $1 ORDER BY l.key, m.score DESC, m.id`,
        [world.accountId],
      )
    ).rows;
  const best = async (sku: string) => (await proposals()).find((one) => one.key === articleOf(sku));
  const decide = async (sku: string, decision: 'accept' | 'reject' | 'reopen') =>
    decideProposal(world.context, (await best(sku))?.id ?? '', decision, { ...world.by, author: 'owner' });

  it('are proposed to their products by barcode, title and picture, and nothing is created beside them', async () => {
    const from = await world.ledgerEnd();
    await world.until(async () => (await proposals()).length >= 3, 'three proposals');
    await world.rounds(2);
    for (const sku of renamed) {
      expect(await best(sku)).toMatchObject({ sku, state: 'open' });
      expect((await best(sku))?.reasons.map(({ code }) => code)).toEqual(['barcode', 'title', 'picture']);
      expect(await world.facet(sku, 'title')).toMatchObject({ state: 'held', reason: 'maybe-exists' });
    }
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect((await world.counts())['in_sync']).toBe(CARDS - 3);
  }, 60_000);

  it('an accepted one belongs to its product without a write, and is edited under its own article from then on', async () => {
    const [sku = ''] = renamed;
    const from = await world.ledgerEnd();
    await decide(sku, 'accept');
    await world.lane('plan');
    await world.lane('sweep', true);
    await world.until(async () => (await world.counts())['in_sync'] === CARDS - 2, 'the joined card in sync');
    expect(await world.ledger(from, 'A')).toEqual([]);

    await world.edit(sku, { title: 'Совсем новое название товара' });
    await world.until(async () => (await world.card(articleOf(sku))).facets.title.value === 'Совсем новое название товара', 'the new title on the channel');
    await world.until(async () => (await world.counts())['in_sync'] === CARDS - 2, 'the edited card in sync');
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('taken back, it is nobody’s again, stays as it is on the channel, and still holds a second card back', async () => {
    const [sku = ''] = renamed;
    const from = await world.ledgerEnd();
    await decide(sku, 'reopen');
    await world.lane('plan');
    await world.lane('sweep', true);
    await world.rounds(3);
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'held', reason: 'maybe-exists' });
    expect(await world.facet(articleOf(sku), 'presence')).toMatchObject({ state: 'held', reason: 'orphan' });
    expect(await world.ledger(from, 'A')).toEqual([]);
    await decide(sku, 'accept');
    await world.lane('plan');
    await world.lane('sweep', true);
    await world.until(async () => (await world.counts())['in_sync'] === CARDS - 2, 'joined once more');
  }, 60_000);

  it('a rejected one is not asked about again, and its product goes its own way', async () => {
    const [, sku = ''] = renamed;
    await decide(sku, 'reject');
    expect((await world.facet(sku, 'title')).state).toBe('pending');
    await world.lane('sweep', true);
    await world.rounds(1);
    expect(await best(sku)).toMatchObject({ state: 'rejected', decided_by: 'owner' });
    await expect(decide(sku, 'accept')).rejects.toThrow('decided already');
  }, 60_000);

  it('an equal barcode joins by itself where the account says so, and the evidence names the rule', async () => {
    const [, , sku = ''] = renamed;
    await world.pool.query('UPDATE channel_account SET match_by_barcode = true WHERE id = $1', [world.accountId]);
    await world.lane('repair');
    expect(await best(sku)).toMatchObject({ state: 'accepted', decided_by: 'rule:barcode' });
    const { rows } = await world.pool.query<{ body: unknown }>(
      `SELECT b.body::jsonb AS body FROM evidence e JOIN evidence_body b USING (account_id, seq) WHERE e.account_id = $1 AND e.kind = 'card.matched' ORDER BY e.seq DESC LIMIT 1`,
      [world.accountId],
    );
    expect(rows).toMatchObject([{ body: { sku, key: articleOf(sku), author: 'rule:barcode' } }]);
  }, 60_000);
});
