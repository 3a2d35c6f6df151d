import { type Diagnostic, type Doc, readDocOrEmpty, readId, readList, readText } from '#kernel';
import type { PushCall, PushItem } from '#channels/contract';
import { articleOf } from './wildberries.card-keys.js';
import { BRAND } from './wildberries.normalise.js';
import { compose } from './wildberries.compose.js';
import { barcodesOf } from './wildberries.observe.js';
import { archivedBeside, disagreements, wishesOf, wishesOfOthers, withoutPaths } from './wildberries.shared-values.js';

/** One entry of a request: the calls of one card that it answers for. */
export interface Unit {
  readonly article: string;
  readonly calls: readonly PushCall[];
  readonly body: unknown;
  /** What calls want otherwise than the card is to be, with the reason: it is left out of the body. */
  readonly left?: ReadonlyMap<PushCall, readonly Diagnostic[]>;
}

export interface Merged {
  readonly units: readonly Unit[];
  /** Calls of which nothing can go, with the reason. */
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

/** A call, what of it goes, and what does not. */
interface Going {
  readonly call: PushCall;
  readonly sent: PushCall;
  readonly left: readonly Diagnostic[];
}

const whole = (call: PushCall): Going => ({ call, sent: call, left: [] });

/**
 * The calls of one operation, one entry for each card: what its sizes want alike is sent once. What a size wants otherwise than those
 * before it, or than those that are not in this batch, is left out with the reason, or one would undo the other for ever; a call of which
 * nothing is left is refused. A new card is made as the first of its sizes wants it.
 */
export function mergeCalls(
  operation: string,
  calls: readonly PushCall[],
  groupOf: (call: PushCall) => string = cardOf,
  bodyOf: (item: PushItem) => unknown = (item) => compose(operation, item),
): Merged {
  const refused = new Map<PushCall, readonly Diagnostic[]>();
  const units = groupsOf(calls, groupOf).flatMap((group): readonly Unit[] => {
    const going = operation === 'recover' ? group.map(whole) : operation === 'trash' ? together(group, refused).map(whole) : agreeing(operation, group, bodyOf, refused);
    const [first, ...others] = going;
    if (first === undefined) return [];
    const body = operation === 'card' ? others.reduce((merged, { sent }) => laidOver(merged, sent), readDocOrEmpty(first.sent.body)) : first.sent.body;
    const left = new Map(going.flatMap((one) => (one.left.length === 0 ? [] : [[one.call, one.left] as const])));
    return [{ article: articleOf(first.call.item.key), calls: going.map(({ call }) => call), body, ...(left.size === 0 ? {} : { left }) }];
  });
  return { units, refused };
}

export function refusal(path: string, code: string, params?: Diagnostic['params']): readonly Diagnostic[] {
  return [{ severity: 'error', path, code, ...(params === undefined ? {} : { params }) }];
}

function agreeing(operation: string, group: readonly PushCall[], bodyOf: (item: PushItem) => unknown, refused: Map<PushCall, readonly Diagnostic[]>): readonly Going[] {
  const isNew = operation === 'create';
  const going: Going[] = [];
  for (const call of group) {
    const own = wishesOf(call.item);
    const others = [...going.map(({ sent }) => wishesOf(sent.item)), ...(isNew ? [] : wishesOfOthers(call.item, group))];
    const paths = [...new Set(others.flatMap((other) => disagreements(own, other)))];
    if (paths.length === 0) {
      going.push(whole(call));
      continue;
    }
    const left = paths.flatMap((field) => refusal(field, 'wildberries.sizes-disagree', { field }));
    const item = withoutWishes(call.item, paths);
    if (!wantsSomething(item)) refused.set(call, left);
    else going.push({ call, sent: isNew ? { ...call, item } : { item, body: bodyOf(item) }, left });
  }
  return going;
}

function withoutWishes(item: PushItem, paths: readonly string[]): PushItem {
  const { dropAttributes, ...rest } = item;
  const drops = (dropAttributes ?? []).filter((id) => !paths.includes(`attributes.${id}`));
  return { ...rest, values: withoutPaths(item.values, paths), ...(drops.length === 0 ? {} : { dropAttributes: drops }) };
}

const wantsSomething = ({ values, dropAttributes = [] }: PushItem): boolean => Object.keys(values).length + dropAttributes.length > 0;

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
