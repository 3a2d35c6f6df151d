import { type Diagnostic, type Doc, readDocOrEmpty, readId, readList, readText } from '#kernel';
import type { PushCall } from '#channels/contract';
import { articleOf } from './wildberries.card-keys.js';
import { BRAND } from './wildberries.normalise.js';
import { barcodesOf } from './wildberries.observe.js';
import { archivedBeside, disagreement, wishesOf, wishesOfOthers } from './wildberries.shared-values.js';

/** One entry of a request: the calls of one card that it answers for. */
export interface Unit {
  readonly article: string;
  readonly calls: readonly PushCall[];
  readonly body: unknown;
}

export interface Merged {
  readonly units: readonly Unit[];
  /** Calls that want what the card cannot be as well, with the reason. */
  readonly refused: ReadonlyMap<PushCall, readonly Diagnostic[]>;
}

export const cardOf = ({ item }: PushCall): string => item.externalId ?? articleOf(item.key);

/** The calls by card. Calls of one listing are never put together: each stands for itself. */
export function groupsOf(calls: readonly PushCall[], groupOf: (call: PushCall) => string): readonly (readonly PushCall[])[] {
  const groups = new Map<string, PushCall[]>();
  const turns = new Map<string, number>();
  for (const call of calls) {
    const turn = turns.get(call.item.key) ?? 0;
    turns.set(call.item.key, turn + 1);
    const name = `${turn} ${groupOf(call)}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [call]);
    else group.push(call);
  }
  return [...groups.values()];
}

/**
 * The calls of one operation, one entry for each card: what its sizes want alike is sent once. A size that wants the card otherwise than
 * those before it, or than those that are not in this batch, is refused: one would undo the other for ever.
 */
export function mergeCalls(operation: string, calls: readonly PushCall[], groupOf: (call: PushCall) => string = cardOf): Merged {
  const refused = new Map<PushCall, readonly Diagnostic[]>();
  const units = groupsOf(calls, groupOf).flatMap((group) => {
    const going = operation === 'recover' ? group : operation === 'trash' ? together(group, refused) : agreeing(group, refused);
    const [first, ...others] = going;
    if (first === undefined) return [];
    const body = operation === 'card' ? others.reduce((merged, call) => laidOver(merged, call), readDocOrEmpty(first.body)) : first.body;
    return [{ article: articleOf(first.item.key), calls: going, body }];
  });
  return { units, refused };
}

export function refusal(path: string, code: string, params?: Diagnostic['params']): readonly Diagnostic[] {
  return [{ severity: 'error', path, code, ...(params === undefined ? {} : { params }) }];
}

function agreeing(group: readonly PushCall[], refused: Map<PushCall, readonly Diagnostic[]>): readonly PushCall[] {
  const going: PushCall[] = [];
  for (const call of group) {
    const own = wishesOf(call.item);
    const others = [...going.map((other) => wishesOf(other.item)), ...wishesOfOthers(call.item, group)];
    const field = others.map((other) => disagreement(own, other)).find((path) => path !== undefined);
    if (field === undefined) going.push(call);
    else refused.set(call, refusal(field, 'wildberries.sizes-disagree', { field }));
  }
  return going;
}

/** A card goes to the trash when all its sizes are archived, and otherwise not at all. */
function together(group: readonly PushCall[], refused: Map<PushCall, readonly Diagnostic[]>): readonly PushCall[] {
  const [first] = group;
  if (first === undefined) return [];
  const sizes = Number(first.item.ids['sizes'] ?? 1);
  if (group.length + archivedBeside(first.item, group) >= sizes) return group;
  for (const call of group) refused.set(call, refusal('presence', 'wildberries.size-stays', { sizes }));
  return [];
}

/** The body of a card with what one more call changes in it. Both were made of the same live card. */
function laidOver(merged: Doc, { item, body }: PushCall): Doc {
  const own = readDocOrEmpty(body);
  const { title, description, dimensions, attributes = {} } = item.values;
  const dropped = new Set(item.dropAttributes ?? []);
  const brand = BRAND in attributes || dropped.has(BRAND);
  return {
    ...merged,
    ...(title === undefined ? {} : { title: own['title'] }),
    ...(description === undefined ? {} : { description: own['description'] }),
    ...(dimensions === undefined ? {} : { dimensions: own['dimensions'] }),
    ...(brand ? { brand: own['brand'] } : {}),
    characteristics: withCharacteristics(docs(merged['characteristics']), docs(own['characteristics']), new Set(Object.keys(attributes)), dropped),
    sizes: withSizes(docs(merged['sizes']), docs(own['sizes'])),
  };
}

const docs = (value: unknown): readonly Doc[] => readList(value, 'body').map(readDocOrEmpty);

function withCharacteristics(merged: readonly Doc[], own: readonly Doc[], set: ReadonlySet<string>, dropped: ReadonlySet<string>): readonly Doc[] {
  const ours = new Map(own.filter((one) => set.has(readText(one['id']))).map((one) => [readText(one['id']), one]));
  const kept = merged.filter((one) => !dropped.has(readText(one['id']))).map((one) => ours.get(readText(one['id'])) ?? one);
  const there = new Set(kept.map((one) => readText(one['id'])));
  return [...kept, ...[...ours].flatMap(([id, one]) => (there.has(id) ? [] : [one]))];
}

/** Barcodes of both in the sizes that are there, and the new sizes of both. */
function withSizes(merged: readonly Doc[], own: readonly Doc[]): readonly Doc[] {
  const isNew = (size: Doc) => readId(size['chrtID'], 'sizes.chrtID') === '';
  const more = new Map(own.filter((size) => !isNew(size)).map((size) => [readId(size['chrtID'], 'sizes.chrtID'), barcodesOf(size)]));
  const kept = merged.map((size) => (isNew(size) ? size : { ...size, skus: [...new Set([...barcodesOf(size), ...(more.get(readId(size['chrtID'], 'sizes.chrtID')) ?? [])])] }));
  return [...kept, ...own.filter(isNew)];
}
