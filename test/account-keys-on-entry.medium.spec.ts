import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelModule } from '#channels/contract';
import { wildberries } from '#channels/wildberries';
import { yandexMarket } from '#channels/yandex-market';
import { checkAccount } from '../apps/hub/accounts/check-account.js';
import { makeToken, type TokenFacts } from '../apps/sandbox/wildberries/token.js';
import { wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';
import { KEYS, yandexMarketWorld, type YandexMarketWorld } from './sandbox-yandex-market-world.js';

const DAY = 86_400_000;
const LIFE = 180 * DAY;

/** What a person is told of a key before it is kept: the verdict, and what is wrong or near. */
async function told(module: ChannelModule, credentials: Readonly<Record<string, string>>, url: string): Promise<readonly string[]> {
  const { verdict, findings } = await checkAccount(module, credentials, [new URL(url).host]);
  return [verdict, ...findings.map(({ severity, code }) => `${severity} ${code}`)];
}

describe('a token of Wildberries that is about to be kept', () => {
  let world: WildberriesWorld;
  beforeAll(async () => {
    world = await wildberriesWorld();
  });
  afterAll(() => world.close());

  const tried = async (facts: Partial<TokenFacts>) => {
    const token = makeToken({ type: 'personal', seller: '00000000-0000-4000-8000-000000000009', now: Date.now(), name: 'tried', ...facts });
    await world.control('/seed', { cabinet: { keys: { A: token } } });
    return told(wildberries, { token, baseUrl: `${world.url}/wildberries` }, world.url);
  };

  it.each<[string, Partial<TokenFacts>, readonly string[]]>([
    ['with all rights and months to live is good', {}, ['good']],
    ['is good with a warning two weeks before its end', { now: Date.now() - LIFE + 10 * DAY }, ['good', 'warning wildberries.token-expires']],
    ['is good with a warning where it may only read', { readOnly: true }, ['good', 'warning wildberries.token-read-only']],
    ['is refused where it may not see prices', { scopes: ['content', 'analytics', 'marketplace'] }, ['refused', 'error wildberries.scope-missing']],
  ])('%s', async (_what, facts, expected) => {
    expect(await tried(facts)).toEqual(expected);
  });
});

describe('a key of Yandex Market that is about to be kept', () => {
  let world: YandexMarketWorld;
  beforeAll(async () => {
    world = await yandexMarketWorld();
  });
  afterAll(() => world.close());

  it.each([
    [['all-methods'], ['good']],
    [['all-methods:read-only'], ['good', 'warning yandex-market.scope-read-only', 'warning yandex-market.scope-read-only']],
    [
      ['offers-and-cards-management', 'inventory-and-order-processing'],
      ['refused', 'error yandex-market.scope-missing'],
    ],
  ])('with %j is %j', async (scopes, expected) => {
    await world.control('/seed', { cabinet: { scopes: { A: scopes } } });
    expect(await told(yandexMarket, { apiKey: KEYS.A, baseUrl: `${world.url}/yandex-market` }, world.url)).toEqual(expected);
  });
});
