import type { EditedField } from '../edit-journal.js';
import { untilLeaping } from '../leap.js';
import type { FaultRule } from '../marketplace.js';
import type { World } from '../world.js';

const STRIKES_MS = 120_000;
/** Looks at the faults between two provocations: an edit made anew before the last was sent only piles up. */
const PROVOKED_EVERY = 4;

const LIST = '/v3/product/list';
const INFO = '/v3/product/info/list';
const CONTENT = '/v4/product/info/attributes';
const WRITES = {
  attributes: '/v1/product/attributes/update',
  prices: '/v1/product/import/prices',
  stocks: '/v2/products/stocks',
  pictures: '/v2/product/pictures/import',
} as const;
/** The edit that makes the hub send such a write. */
const EDIT_BEHIND: Readonly<Record<string, EditedField>> = { [WRITES.attributes]: 'title', [WRITES.prices]: 'price', [WRITES.stocks]: 'stock', [WRITES.pictures]: 'media' };

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
  await strike(world, [
    once('lost_answer', WRITES.attributes),
    once('lost_answer', WRITES.prices),
    once('lost_answer', WRITES.stocks),
    once('lost_answer', WRITES.pictures),
    once('bad_json', WRITES.attributes),
    once('http_500', WRITES.prices),
    once('slow_index', '', { match: {}, count: 3, seconds: 45 }),
  ]);
}

/** Every kind of 429. */
export async function refusals(world: World): Promise<void> {
  await strike(world, [once('rate_429', LIST, { count: 2 }), once('rate_429', WRITES.prices), once('items_429', WRITES.attributes), once('circle_open', CONTENT)]);
}

/** Orders faults and provokes each until it has struck, or until the time for them is over: a fault of a write is provoked by the edit behind it. */
async function strike(world: World, rules: readonly FaultRule[]): Promise<void> {
  const { market } = world;
  await market.order(rules);
  let turn = 0;
  let look = 0;
  await untilLeaping(
    world,
    () => market.exhausted(),
    STRIKES_MS,
    async () => {
      if (look++ % PROVOKED_EVERY !== 0) return;
      for (const { match, kind } of await market.outstanding()) {
        const field = kind === 'slow_index' ? 'title' : EDIT_BEHIND[match.path ?? ''];
        if (field !== undefined) await editSome(world, field, turn++);
      }
    },
  );
  await market.order([]);
}

/** Edits the first card from a place in the row on that has such a field. */
async function editSome(world: World, field: EditedField, turn: number): Promise<void> {
  const { edited } = world.groups;
  for (let n = 0; n < edited.length; n++) {
    const sku = edited[(turn + n) % edited.length];
    if (sku !== undefined && (await world.edit(sku, field))) return;
  }
}
