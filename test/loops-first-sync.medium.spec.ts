import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

describe('a new account with a catalog of its own', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: 50 });
  }, 120_000);
  afterAll(() => world.close());

  it('creates every card and sees each of them right', async () => {
    await world.untilInSync(50);
    expect(await world.breaches()).toEqual([]);
  }, 240_000);
});
