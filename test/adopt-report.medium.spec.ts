import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { duplicateCards, firstReport, orphanPage, proposalPage } from '#reconcile';
import { sayIn } from '../apps/hub/cli/cli-texts.js';
import { showDuplicates, showOrphans, showProposals, showReport } from '../apps/hub/cli/show-adopt.js';
import type { Show } from '../apps/hub/cli/show.js';
import { AccountWorld } from './account-world.js';

const CARDS = 40;
const STRANGERS = 5;
const RENAMED = 4;
/** Of the renamed ones: nothing but the title is left to know them by. */
const BY_TITLE = 2;

describe('the first report of an account in a mess', () => {
  let seller: AccountWorld;
  let watcher: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    seller = await AccountWorld.open({ products: CARDS, quiet: true });
    await seller.untilInSync(CARDS);
    skus = await seller.skus();
    await seller.stop();
    const [title = '', copy = '', ...others] = skus;
    // Cards nobody's catalog knows.
    await seller.control('POST', '/seed', { cards: STRANGERS });
    // Cards under articles of another program.
    const renamed = others.slice(0, RENAMED);
    await seller.otherIntegration('/v1/product/update/offer-id', { update_offer_id: renamed.map((sku) => ({ offer_id: sku, new_offer_id: `1C-${sku}` })) });
    for (const sku of renamed.slice(0, BY_TITLE)) await seller.edit(sku, { barcodes: [], media: [] });
    // One card that became another's copy, one whose title is not what it was.
    const { rows } = await seller.pool.query<{ pictures: string[] }>(
      `SELECT d.body AS pictures FROM observed_document d JOIN listing l ON l.id = d.listing_id WHERE l.key = $1 AND d.facet = 'media'`,
      [title],
    );
    await seller.foreignWrite(copy, { 4180: String((await seller.card(title)).facets.title.value) });
    await seller.otherIntegration('/v2/product/pictures/import', { items: [{ offer_id: copy, images: rows[0]?.pictures }] });
    await seller.foreignWrite(others[RENAMED] ?? '', { 4180: 'Совсем другой товар' });
    // One product of which the catalog says nothing but its name.
    await seller.edit(others[RENAMED + 1] ?? '', { description: '', media: [] });
    await seller.jump(1_200);
    watcher = await seller.join({ mode: 'observe', quiet: true });
    await watcher.until(async () => (await firstReport(watcher.pool, watcher.accountId)).strong >= RENAMED - BY_TITLE, 'proposals');
    await watcher.rounds(2);
  }, 240_000);
  afterAll(() => seller.close());

  const report = async () => ({ ...(await firstReport(watcher.pool, watcher.accountId)), duplicates: (await duplicateCards(watcher.pool, watcher.accountId)).length });

  it('counts every card once, and says what would be written', async () => {
    const found = await report();
    expect(found).toMatchObject({
      complete: true,
      matched: CARDS - RENAMED,
      missing: RENAMED,
      orphans: STRANGERS + RENAMED,
      differing: 2,
      failing: 0,
      textless: 1,
      pictureless: 1,
      proposed: RENAMED,
    });
    expect(found.right + found.differing + found.failing).toBe(found.matched);
    expect(found.duplicates).toBeGreaterThan(0);
    expect(found.strong).toBeLessThan(RENAMED);
    expect(found.drifts.map(({ kind }) => kind)).toContain('swapped');
    expect(found.writes['title']).toBe(2);
    expect(await watcher.ledger(await watcher.ledgerEnd(), 'A')).toEqual([]);
  });

  it('proposes what only the title tells, below what a barcode does', async () => {
    const { items } = await proposalPage(watcher.pool, { accountId: watcher.accountId, state: 'open' }, 100);
    const best = new Map([...items].reverse().map((one) => [one.key, one]));
    const told = skus.slice(2, 2 + RENAMED).map((sku) => [best.get(`1C-${sku}`)?.sku, best.get(`1C-${sku}`)?.reasons.map(({ code }) => code)]);
    expect(told).toEqual(skus.slice(2, 2 + RENAMED).map((sku, at) => [sku, at < BY_TITLE ? ['title'] : ['barcode', 'title', 'picture']]));
  });

  it.each(['ru', 'en', 'zh'] as const)('is told in words: %s', async (language) => {
    const say = sayIn(language);
    const { pool, accountId } = watcher;
    const pages: readonly [Show, unknown][] = [
      [showReport, { account: accountId, title: 'Ozon', observes: true, ...(await report()) }],
      [showOrphans, { items: (await orphanPage(pool, accountId, undefined, 100)).items, next_cursor: null }],
      [showProposals, { items: (await proposalPage(pool, { accountId, state: 'open' }, 100)).items, next_cursor: null }],
      [showDuplicates, { items: await duplicateCards(pool, accountId) }],
    ];
    const text = pages.map(([show, page]) => show(page, say)).join('\n\n');
    expect(text).not.toMatch(/\badopt\.|\{\{|undefined|NaN|\[object/);
    for (const figure of [CARDS + STRANGERS, CARDS - RENAMED - 2, STRANGERS + RENAMED, 2]) expect(text).toContain(String(figure));
  });
});
