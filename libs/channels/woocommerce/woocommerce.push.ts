import { Unsupported, readText } from '#kernel';
import type { PushCall, PushOutcome, Run } from '#channels/contract';
import { BatchSize } from './woocommerce.batch-size.js';
import { Sending, type ItemResult } from './woocommerce.batch.js';
import type { CreateBody, MediaBody, UpdateBody } from './woocommerce.bodies.js';
import { ensureCategories } from './woocommerce.category-making.js';
import type { WooClient } from './woocommerce.client.js';
import { MergedGroup } from './woocommerce.merged-group.js';
import { pushCreate } from './woocommerce.push-create.js';
import { pushMedia } from './woocommerce.push-media.js';
import type { ShopReader } from './woocommerce.shop.js';
import { WallWatch } from './woocommerce.wall-watch.js';

const UPDATES = new Set(['stock', 'prices', 'card', 'publish', 'archive']);

/** Sends one batch: outcomes in the order of the calls. Everything goes by batches; a variation's group goes before it. */
export class Pusher {
  private readonly size = new BatchSize();
  private readonly wall: WallWatch;

  constructor(
    private readonly client: WooClient,
    private readonly shop: ShopReader,
  ) {
    this.wall = new WallWatch(client);
  }

  async push(operation: string, calls: readonly PushCall[], run: Run): Promise<readonly PushOutcome[]> {
    const paths = calls.flatMap(({ body }) => readText((body as { readonly category?: unknown }).category) || []);
    const { ids, refused } = await ensureCategories(this.client, this.shop, [...new Set(paths)], run);
    const wrong = (call: PushCall) => refused.get(readText((call.body as { readonly category?: unknown }).category));
    const sent = calls.filter((call) => wrong(call) === undefined);
    const outcomes = await this.send(operation, sent, ids, run);
    const outcomeOfCall = new Map(sent.map((call, at) => [call, outcomes[at] ?? NOTHING]));
    return calls.map((call): PushOutcome => outcomeOfCall.get(call) ?? { kind: 'refused', diagnostics: wrong(call) ?? [] });
  }

  private send(operation: string, calls: readonly PushCall[], categories: ReadonlyMap<string, string>, run: Run): Promise<readonly PushOutcome[]> {
    const sending = new Sending(this.client, this.size, this.wall, run);
    const bodies = calls.map((call) => call.body);
    if (operation === 'media') return pushMedia(sending, bodies as readonly MediaBody[]);
    if (operation === 'create') return pushCreate(this.client, sending, bodies as readonly CreateBody[], categories, run);
    if (UPDATES.has(operation)) return pushUpdates(sending, bodies as readonly UpdateBody[], categories);
    throw new Unsupported(`WooCommerce has no operation "${operation}"`);
  }
}

const NOTHING = { kind: 'unsure', why: 'it was not sent' } as const;

async function pushUpdates(sending: Sending, bodies: readonly UpdateBody[], categories: ReadonlyMap<string, string>): Promise<readonly PushOutcome[]> {
  const categoryOf = ({ category }: UpdateBody) => (category === undefined ? {} : { categories: [{ id: Number(categories.get(category)) }] });
  const groups = mergedGroups(bodies, categoryOf);
  const entries = groups.map((group) => group.entry());
  const answers = await sending.batch('/products/batch', 'update', entries);
  const answerOf = new Map(groups.map((group, at) => [group.id, { group, result: answers[at] ?? NOTHING }]));

  const results = new Map<UpdateBody, ItemResult>();
  const mayGo = (body: UpdateBody) => {
    const answer = body.group === undefined ? undefined : answerOf.get(body.group.id);
    return answer === undefined || (answer.result.kind === 'done' && !answer.group.refused.has(body));
  };
  for (const [parent, own] of byParent(bodies)) {
    const wanted = own.filter((body) => mayGo(body) && !isEmpty(body, categoryOf));
    const done = await sending.batch(
      pathOf(parent),
      'update',
      wanted.map((body) => ({ id: body.id, ...body.fields, ...(parent === undefined ? categoryOf(body) : {}) })),
    );
    wanted.forEach((body, at) => results.set(body, done[at] ?? NOTHING));
  }
  return bodies.map((body) => {
    const answer = body.group === undefined ? undefined : answerOf.get(body.group.id);
    const field = answer?.group.refused.get(body);
    if (field !== undefined) return { kind: 'refused', diagnostics: [{ severity: 'error', path: field, code: 'woocommerce.variants-disagree', params: { field } }] };
    return outcomeOf(results.get(body) ?? answer?.result ?? NOTHING);
  });
}

/** A variation all of whose change is the group's. */
function isEmpty(body: UpdateBody, categoryOf: (body: UpdateBody) => object): boolean {
  return Object.keys(body.fields).length === 0 && (body.parent !== undefined || Object.keys(categoryOf(body)).length === 0);
}

function pathOf(parent: number | undefined): string {
  return parent === undefined ? '/products/batch' : `/products/${parent}/variations/batch`;
}

function outcomeOf(result: ItemResult): PushOutcome {
  return result.kind === 'done' ? { kind: 'accepted', answer: { id: result.product['id'] } } : result;
}

function mergedGroups(bodies: readonly UpdateBody[], categoryOf: (body: UpdateBody) => object): readonly MergedGroup[] {
  const groups = new Map<number, MergedGroup>();
  for (const body of bodies) {
    if (body.group === undefined) continue;
    const group = groups.get(body.group.id) ?? new MergedGroup(body.group);
    groups.set(body.group.id, group);
    group.add(body, body.group, categoryOf(body));
  }
  return [...groups.values()];
}

function byParent(bodies: readonly UpdateBody[]): ReadonlyMap<number | undefined, readonly UpdateBody[]> {
  const found = new Map<number | undefined, UpdateBody[]>();
  for (const body of bodies) found.set(body.parent, [...(found.get(body.parent) ?? []), body]);
  return found;
}
