import { type Doc, plainText, readDoc, readId, readText } from '#kernel';
import type { PushOutcome, Run } from '#channels/contract';
import { inAddresses } from './woocommerce.addresses.js';
import { asListed, type Choice, editedAttributes } from './woocommerce.attributes.js';
import type { ItemResult, Sending } from './woocommerce.batch.js';
import type { CreateBody } from './woocommerce.bodies.js';
import type { WooClient } from './woocommerce.client.js';
import { leadMeta, sharedNotes } from './woocommerce.meta.js';
import { isGroup } from './woocommerce.observe.js';
import { sharedAttributes, type Member } from './woocommerce.shared-values.js';

/** Makes simple products at once, and variations after their groups. A SKU that is there already is looked at, never made twice. */
export async function pushCreate(
  client: WooClient,
  sending: Sending,
  bodies: readonly CreateBody[],
  categories: ReadonlyMap<string, string>,
  run: Run,
): Promise<readonly PushOutcome[]> {
  const categoryOf = ({ category }: CreateBody) => (category === undefined ? {} : { categories: [{ id: Number(categories.get(category)) }] });
  const results = new Map<CreateBody, ItemResult>();
  const groups = groupsOf(bodies);
  const live = await findGroups(client, [...groups.keys()], run);

  const simple = bodies.filter((body) => body.group === undefined);
  const made = await sending.batch(
    '/products/batch',
    'create',
    simple.map((body) => ({ sku: body.sku, ...body.fields, ...categoryOf(body) })),
  );
  simple.forEach((body, at) => results.set(body, made[at] ?? { kind: 'unsure', why: 'no answer' }));

  const parents = await ensureGroups(sending, groups, live, categoryOf);
  for (const [sku, members] of groups) {
    const parent = parents.get(sku) ?? { kind: 'unsure' as const, why: 'its group was not made' };
    const done = parent.kind === 'done' ? await makeVariations(sending, parent.product, members) : [];
    members.forEach((body, at) => results.set(body, parent.kind === 'done' ? (done[at] ?? { kind: 'unsure', why: 'no answer' }) : parent));
  }
  return bodies.map((body): PushOutcome => {
    const result = results.get(body) ?? { kind: 'unsure' as const, why: 'it was not sent' };
    return result.kind === 'done' ? { kind: 'accepted', answer: { id: result.product['id'] } } : result;
  });
}

function groupsOf(bodies: readonly CreateBody[]): ReadonlyMap<string, readonly CreateBody[]> {
  const groups = new Map<string, CreateBody[]>();
  for (const body of bodies) if (body.group !== undefined) groups.set(body.group.sku, [...(groups.get(body.group.sku) ?? []), body]);
  return groups;
}

/** Products with these SKUs; one in the trash keeps its SKU and is found only there. */
async function findGroups(client: WooClient, skus: readonly string[], run: Run): Promise<ReadonlyMap<string, Doc>> {
  const found = new Map<string, Doc>();
  for (const wanted of inAddresses(skus)) {
    for (const status of ['any', 'trash']) {
      const missing = wanted.filter((sku) => !found.has(sku));
      if (missing.length === 0) break;
      const { items } = await client.page('/products', { sku: missing.join(','), status, per_page: 100 }, run);
      for (const item of items) {
        const product = readDoc(item, 'products');
        if (missing.includes(readText(product['sku']))) found.set(readText(product['sku']), product);
      }
    }
  }
  return found;
}

async function ensureGroups(
  sending: Sending,
  groups: ReadonlyMap<string, readonly CreateBody[]>,
  live: ReadonlyMap<string, Doc>,
  categoryOf: (body: CreateBody) => object,
): Promise<ReadonlyMap<string, ItemResult>> {
  const results = new Map<string, ItemResult>();
  const toMake: { readonly sku: string; readonly entry: Doc }[] = [];
  const toWiden: { readonly sku: string; readonly entry: Doc }[] = [];
  for (const [sku, members] of groups) {
    const [first] = members;
    const wants = members.flatMap((body): Member[] => (body.group === undefined ? [] : [{ sku: body.sku, edit: body.group.attributes }]));
    const known = live.get(sku);
    if (known === undefined) {
      const { attributes, meta } = sharedAttributes([], {}, wants);
      const entry = { sku, ...first?.group?.fields, ...(first === undefined ? {} : categoryOf(first)), attributes, meta_data: [leadMeta(first?.sku ?? ''), meta] };
      toMake.push({ sku, entry });
    } else if (!isGroup(known)) {
      results.set(sku, { kind: 'refused', diagnostics: [{ severity: 'error', path: '', code: 'woocommerce.sku-of-another-kind', params: { model: sku } }] });
    } else {
      const change = widened(known, wants);
      if (change === undefined) results.set(sku, { kind: 'done', product: known });
      else toWiden.push({ sku, entry: change });
    }
  }
  for (const [kind, list] of [
    ['create', toMake],
    ['update', toWiden],
  ] as const) {
    const answers = await sending.batch(
      '/products/batch',
      kind,
      list.map(({ entry }) => entry),
    );
    list.forEach(({ sku }, at) => results.set(sku, answers[at] ?? { kind: 'unsure', why: 'no answer' }));
  }
  return results;
}

/**
 * What a group lacks for new variations: an option that it does not list is taken without a word and no buyer can choose it. Values
 * that the group was given by others stay. Out of the trash it has to come too.
 */
function widened(group: Doc, wants: readonly Member[]): Doc | undefined {
  const before = editedAttributes(group['attributes'], { set: {}, drop: [], offer: {} });
  const { attributes, meta } = sharedAttributes(group['attributes'], sharedNotes(group), wants);
  const lacks = JSON.stringify(before) !== JSON.stringify(attributes);
  const trashed = group['status'] === 'trash';
  if (!lacks && !trashed) return undefined;
  return { id: group['id'], ...(lacks ? { attributes, meta_data: [meta] } : {}), ...(trashed ? { status: 'publish' } : {}) };
}

/** A variation inherits the text of its group and has one of its own only where it differs. */
async function makeVariations(sending: Sending, group: Doc, members: readonly CreateBody[]): Promise<readonly ItemResult[]> {
  const text = plainText(readText(group['description']));
  const entries = members.map(({ sku, fields }) => {
    const { description, attributes, ...rest } = fields;
    const choices = asListed((attributes ?? []) as readonly Choice[], group['attributes']);
    return { sku, ...rest, attributes: choices, ...(plainText(readText(description)) === text ? {} : { description }) };
  });
  return sending.batch(`/products/${readId(group['id'], 'group.id')}/variations/batch`, 'create', entries);
}
