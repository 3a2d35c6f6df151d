import type { FaultRule } from '../marketplace.js';
import type { World } from '../world.js';
import { someEdits } from './some-edits.js';

const STRIKES_MS = 45_000;

const LIST = '/v3/product/list';
const INFO = '/v3/product/info/list';
const CONTENT = '/v4/product/info/attributes';
const WRITES = {
  attributes: '/v1/product/attributes/update',
  prices: '/v1/product/import/prices',
  stocks: '/v2/products/stocks',
  pictures: '/v2/product/pictures/import',
} as const;

const once = (kind: string, path: string, more: Partial<FaultRule> = {}): FaultRule => ({ match: { path, key: 'A' }, kind, count: 1, ...more });

/** Readings that fail, hang, lie or come twice. */
export async function brokenReads(world: World): Promise<void> {
  await strike(world, [
    once('http_500', LIST),
    once('http_503', INFO),
    once('bad_json', CONTENT),
    once('html_200', INFO),
    once('hang', INFO, { seconds: 40 }),
    once('truncated_page', CONTENT),
    once('duplicate_page', LIST),
    once('http_500', CONTENT),
  ]);
}

/** Writes that are carried out and never answered, never arrive, or show late. */
export async function lostWrites(world: World): Promise<void> {
  await strike(
    world,
    [
      once('lost_answer', WRITES.attributes),
      once('lost_answer', WRITES.prices),
      once('lost_answer', WRITES.stocks),
      once('bad_json', WRITES.attributes),
      once('http_500', WRITES.prices),
      once('slow_index', '', { match: {}, count: 3, seconds: 45 }),
      once('lost_answer', WRITES.pictures, { probability: 1 }),
    ],
    () => someEdits(world, 4),
  );
}

/** Every kind of 429. */
export async function refusals(world: World): Promise<void> {
  await strike(world, [once('rate_429', LIST, { count: 2 }), once('rate_429', WRITES.prices), once('items_429', WRITES.attributes), once('circle_open', CONTENT)], () =>
    someEdits(world, 3, ['title', 'price']),
  );
}

/** Orders faults and keeps the hub busy until they have struck or the time for them is over. */
async function strike(world: World, rules: readonly FaultRule[], busy: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const { market } = world;
  await market.order(rules);
  const until = Date.now() + STRIKES_MS;
  for (let round = 0; !(await market.exhausted()) && Date.now() < until; round++) {
    if (round % 4 === 0) await busy();
    await world.door.nudge(world.accountId);
    await world.until(() => market.exhausted(), 400);
  }
  await market.order([]);
}
