import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RetryLater } from '#kernel';
import { yandexMarket } from '#channels/yandex-market';
import { draftedCards, everythingRead, wholeCard } from '#reconcile';
import { AdoptingJobs } from './adopting-jobs.js';
import { MarketAccount, type MarketWorld } from './market-account.js';
import { yandexMarketWorld } from './sandbox-yandex-market-world.js';

const CARDS = 2;
const { lanes } = yandexMarket.descriptor;
const MINUTE = 60_000;

describe('cards whose prices were read, and whose stock was not', () => {
  let world: MarketWorld;
  let seller: MarketAccount;
  let adopter: MarketAccount;
  let jobs: AdoptingJobs;
  let stockAnswers = false;
  beforeAll(async () => {
    world = await yandexMarketWorld();
    seller = await MarketAccount.open(yandexMarket, world, { products: CARDS });
    await seller.until(() => seller.inSync(), 'the seller’s cards');
    adopter = await MarketAccount.open(yandexMarket, world, {
      products: 0,
      beside: seller,
      through: (request) => async (call) => {
        if (!stockAnswers && call.url.includes('/offers/stocks')) throw new RetryLater('Stock is not to be had now.', false, 1_000);
        return request(call);
      },
    });
    jobs = new AdoptingJobs(adopter.pool, adopter.dataDir);
  }, 240_000);
  afterAll(async () => {
    await jobs.stop();
    await adopter.close();
    await seller.close();
  });

  const cards = async () => {
    const { pool, accountId } = adopter;
    return draftedCards(pool, { accountId, keys: undefined, whole: await wholeCard(pool, accountId, lanes) }, '0', 100);
  };
  const read = () => everythingRead(adopter.pool, adopter.accountId, lanes);

  it('make no products, though no card of the account shows any stock', async () => {
    await adopter.until(async () => (await cards()).filter(({ draft, pictures }) => draft.price !== undefined && pictures.length > 0).length === CARDS, 'all but the stock read');
    expect([await read(), (await cards()).map(({ waiting }) => waiting)]).toEqual([false, [true, true]]);
    expect((await jobs.writtenDown(adopter.accountId)).counts).toEqual({ cards: 0, waiting: CARDS, pictureless: 0 });
  }, 120_000);

  it('are not taken for whole by a walk that had begun before they were known', async () => {
    // The walk over the offers was over before the first list of cards was: what it passed, nobody knew.
    await adopter.pool.query(`UPDATE sweep_run s SET state = 'complete', started_at = a.cards_listed_at, finished_at = a.cards_listed_at FROM channel_account a
      WHERE a.id = s.account_id AND s.lane = 'offers'`);
    expect([await read(), (await cards()).map(({ waiting }) => waiting)]).toEqual([true, [true, true]]);
    await adopter.pool.query(`UPDATE sweep_run SET started_at = started_at + interval '1 millisecond' WHERE lane = 'offers'`);
    expect((await cards()).map(({ waiting }) => waiting)).toEqual([false, false]);
  });

  it('make them with their stock once it was read', async () => {
    stockAnswers = true;
    await adopter.until(
      async () => (await cards()).filter(({ waiting, draft }) => !waiting && Object.keys(draft.stock ?? {}).length > 0).length === CARDS,
      'the stock',
      2 * MINUTE,
    );
    expect(await jobs.imported(adopter.accountId)).toMatchObject({ state: 'done', counts: { rows: CARDS, created: CARDS, failed: 0 } });
    const stock = async ({ pool }: MarketAccount) =>
      (
        await pool.query<{ pieces: number }>(
          `SELECT (SELECT sum(value::integer)::integer FROM jsonb_each_text(r.document -> 'stock')) AS pieces FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision ORDER BY p.sku`,
        )
      ).rows.map(({ pieces }) => pieces);
    expect(await stock(adopter)).toEqual(await stock(seller));
  }, 120_000);
});
