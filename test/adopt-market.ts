import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ProductDocument } from '#catalog';
import type { ChannelModule } from '#channels/contract';
import { checkFacetRules, draftedCards, wholeCard } from '#reconcile';
import { AdoptingJobs } from './adopting-jobs.js';
import { MarketAccount, type MarketWorld } from './market-account.js';

interface Truth {
  readonly facets: Readonly<Record<string, { readonly value: unknown }>>;
}

interface LedgerEntry {
  readonly seq: number;
  readonly key: string;
  readonly offer_id: string;
}

export interface AdoptedMarket {
  readonly adopter: MarketAccount;
  readonly jobs: AdoptingJobs;
  /** The documents of the seller's own catalog, and of the one made of his cards. */
  documents(account: MarketAccount): Promise<readonly ProductDocument[]>;
  truth(key: string): Promise<Truth['facets']>;
  /** Cards that this hub and the seller's own wrote to after an entry of the ledger. */
  written(after: number): Promise<readonly string[]>;
}

/** What the edit calls its card. */
export const TITLE = 'Совсем новое название';

/** An account full of cards is shown to a hub whose catalog is empty: products are made, nothing is written, and then edits go their way. */
export function adoptsCards(
  module: ChannelModule,
  open: () => Promise<MarketWorld>,
  cards: number,
  more: (market: () => AdoptedMarket, seller: () => MarketAccount) => void = () => undefined,
): void {
  let world: MarketWorld;
  let seller: MarketAccount;
  let adopter: MarketAccount;
  let jobs: AdoptingJobs;
  beforeAll(async () => {
    world = await open();
    seller = await MarketAccount.open(module, world, { products: cards });
    await seller.until(() => seller.inSync(), 'the seller’s cards');
    adopter = await MarketAccount.open(module, world, { products: 0, beside: seller });
    jobs = new AdoptingJobs(adopter.pool, adopter.dataDir);
    await adopter.until(async () => (await whole()) === cards, 'every card read');
  }, 240_000);
  afterAll(async () => {
    await jobs.stop();
    await adopter.close();
    await seller.close();
  });

  const drafted = async () => {
    const { pool, accountId } = adopter;
    return draftedCards(pool, { accountId, keys: undefined, whole: await wholeCard(pool, accountId, module.descriptor.lanes) }, '0', 1000);
  };
  const whole = async () => (await drafted()).filter((card) => !card.waiting && card.pictures.length > 0 && card.draft.price !== undefined).length;
  const written = async (after: number): Promise<string[]> => {
    const { entries } = (await world.control<{ entries: LedgerEntry[] }>(`/ledger?after=${after}&limit=1000`)).body;
    return [...new Set(entries.filter(({ key }) => key === 'A').map((entry) => entry.offer_id))];
  };
  const market: AdoptedMarket = {
    written,
    get adopter() {
      return adopter;
    },
    get jobs() {
      return jobs;
    },
    documents: async (account) =>
      (
        await account.pool.query<{ document: ProductDocument }>(
          'SELECT r.document FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision ORDER BY p.sku',
        )
      ).rows.map((row) => row.document),
    truth: async (key) => (await world.control<Truth>(`/cards/${encodeURIComponent(key)}`)).body.facets,
  };
  it('shows first what would be made, and makes nothing', async () => {
    expect(await jobs.imported(adopter.accountId, { dryRun: true })).toMatchObject({ state: 'done', counts: { rows: cards, created: cards, failed: 0 } });
    expect(await jobs.products()).toBe(0);
  }, 60_000);

  it('makes products that say what the cards show, and writes nothing to the market', async () => {
    const before = await adopter.lastWrite();
    const pictures = new Map((await drafted()).map((card) => [card.key, card.pictures.length]));
    expect(await jobs.imported(adopter.accountId)).toMatchObject({ state: 'done', counts: { rows: cards, created: cards, failed: 0 } });
    const [theirs, ours] = [await market.documents(seller), await market.documents(adopter)];
    expect(ours.map(({ sku }) => sku)).toEqual(theirs.map(({ sku }) => sku));
    for (const [at, one] of ours.entries()) {
      const { barcodes, price, weight, stock } = theirs[at] as ProductDocument;
      expect([one.media.length, one.weight, one.price?.currency]).toEqual([pictures.get(one.sku), weight, price?.currency]);
      // A market may hold whole units of money only.
      expect(Math.abs((one.price?.minor ?? 0) - (price?.minor ?? 0))).toBeLessThan(100);
      expect(Object.values(one.stock).reduce((sum, pieces) => sum + pieces, 0)).toBe(Object.values(stock).reduce((sum, pieces) => sum + pieces, 0));
      expect(barcodes).toEqual(expect.arrayContaining([...one.barcodes]));
      expect(one.barcodes.length).toBeGreaterThan(0);
      expect([one.category, Object.keys(one.attributes).length > 0, one.dimensions !== undefined]).toEqual([expect.stringContaining(' / '), true, true]);
    }
    await adopter.until(() => adopter.inSync(cards), 'every adopted card in sync');
    for (let left = 3; left > 0; left -= 1) await adopter.round();
    expect(await written(before)).toEqual([]);
    expect(await adopter.drifts()).toEqual(expect.not.arrayContaining([expect.stringMatching(/ (open|repairing|held|healed)$/)]));
    expect(await checkFacetRules(adopter.pool)).toEqual([]);
  }, 120_000);

  it('owns them from then on: an edit arrives, and touches no other card', async () => {
    const before = await adopter.lastWrite();
    const chosen = (await market.documents(adopter)).find(({ model }) => model === undefined);
    const sku = chosen?.sku ?? '';
    const current = await adopter.products.read.get(sku);
    await adopter.products.patch(sku, { basedOn: current?.revision ?? 0, patch: { title: TITLE }, author: 'owner', cause: { kind: 'person' } });
    await adopter.until(async () => (await market.truth(sku))['title']?.value === TITLE && (await adopter.inSync(cards)), 'the new title');
    expect(await written(before)).toEqual([sku]);
    expect(await checkFacetRules(adopter.pool)).toEqual([]);
  }, 120_000);

  more(
    () => market,
    () => seller,
  );
}
