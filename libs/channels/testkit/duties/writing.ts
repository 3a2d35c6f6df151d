import assert from 'node:assert/strict';
import { BrokenContract, RetryLater } from '#kernel';
import type { PictureJudge, PushOutcome } from '#channels/contract';
import type { Bench } from '../bench.js';
import type { Duty } from './duty.js';

const since = async (bench: Bench, before: number, key: string) => (await bench.driver.applied()).slice(before).filter((write) => write.key === key);
const key = (bench: Bench, index: number) => bench.driver.cards[index] ?? '';

async function countCards(bench: Bench): Promise<number> {
  const lane = bench.driver.module.descriptor.lanes.find((one) => one.facets.includes('presence'));
  const pages = lane ? await bench.sweep(lane.id) : [];
  return new Set(pages.flatMap((page) => page.cards.map((card) => card.key))).size;
}

export const pushTwice: Duty = {
  name: 'pushing twice is pushing once',
  async check(bench) {
    const change = bench.driver.change(1);
    const cards = await countCards(bench);
    const call = await bench.call(key(bench, 0), change);
    await bench.pushToEnd(change, [call]);
    const before = (await bench.driver.applied()).length;
    const first = await bench.card(key(bench, 0));
    assert.ok(bench.shows(first, change.values), 'the change does not show');
    await bench.pushToEnd(change, [call]);
    assert.ok(bench.shows(await bench.card(key(bench, 0)), change.values), 'the second push undid the first');
    assert.deepEqual(
      (await since(bench, before, key(bench, 0))).filter((write) => write.changed),
      [],
      'the second push changed something',
    );
    assert.equal(await countCards(bench), cards, 'the account has more cards than before');
  },
};

export const partialFailure: Duty = {
  name: 'one bad item fails alone',
  async check(bench) {
    const { refused } = bench.driver;
    const good = bench.driver.change(2);
    const { operation } = refused;
    assert.equal(good.operation, operation, 'the driver must refuse by the call that also changes');
    const calls = [await bench.call(key(bench, 0), good), await bench.call(key(bench, 1), refused), await bench.call(key(bench, 2), good)];
    const ends = await bench.pushToEnd(good, calls);
    assert.deepEqual(
      ends.map((end) => end.kind === 'refused'),
      [false, true, false],
      'outcomes come in the order of the calls, and only the bad one is refused',
    );
    for (const index of [0, 2]) assert.ok(bench.shows(await bench.card(key(bench, index)), good.values), `${key(bench, index)} was held up by its mate`);
  },
};

export const refusedWithPath: Duty = {
  name: 'a refusal names the field',
  async check(bench) {
    const { refused } = bench.driver;
    const [end] = await bench.pushToEnd(refused, [await bench.call(key(bench, 3), refused)]);
    assert.equal(end?.kind, 'refused');
    const diagnostics = end?.kind === 'refused' ? end.diagnostics : [];
    assert.ok(
      diagnostics.some((one) => one.severity === 'error' && (one.path === refused.facet || one.path.startsWith(`${refused.facet}.`))),
      `no complaint is about ${refused.facet}: ${JSON.stringify(diagnostics)}`,
    );
    assert.ok(diagnostics.every((one) => one.code !== ''));
  },
};

export const answerLost: Duty = {
  name: 'a write whose answer was lost is unsure and is not sent again',
  async check(bench) {
    const change = bench.driver.change(3);
    const call = await bench.call(key(bench, 4), change);
    const before = (await bench.driver.applied()).length;
    bench.wire.loseAnswers();
    const outcome = await bench.push(change.operation, [call]).then(
      ([first]): PushOutcome['kind'] | 'nothing' => first?.kind ?? 'nothing',
      (error: unknown) => (error instanceof RetryLater && error.unsure ? 'unsure' : error instanceof BrokenContract ? 'unsure' : 'nothing'),
    );
    const writes = bench.wire.writes.length;
    bench.wire.calm();
    assert.equal(outcome, 'unsure');
    assert.equal(writes, 1, 'the write was sent more than once');
    await bench.driver.settle();
    assert.equal((await since(bench, before, key(bench, 4))).filter((write) => write.changed).length, 1, 'it was applied more or less than once');
    assert.ok(bench.shows(await bench.card(key(bench, 4)), change.values), 'reading it back does not tell');
  },
};

export const slowIndex: Duty = {
  name: 'a slow index is "not yet", never "gone"',
  async check(bench) {
    const change = bench.driver.change(4);
    const call = await bench.call(key(bench, 5), change);
    const reads = bench.wire.rememberReads();
    const before = await bench.card(key(bench, 5));
    reads.fallBehind();
    const [outcome] = await bench.push(change.operation, [call]);
    const { cards, absent } = await bench.channel.peek([key(bench, 5)], bench.driver.module.descriptor.facets, bench.run());
    bench.wire.calm();
    assert.equal(outcome?.kind, 'accepted');
    assert.deepEqual(absent, []);
    assert.deepEqual(cards[0]?.values, before.values, 'what is read must be what the channel shows');
    await bench.driver.settle();
    if (outcome?.kind === 'accepted' && outcome.receipt !== undefined) {
      await bench.channel.confirm([{ key: key(bench, 5), operation: change.operation, receipt: outcome.receipt }], bench.run());
    }
    assert.ok(bench.shows(await bench.card(key(bench, 5)), change.values));
  },
};

export const overwriting: Duty = {
  name: 'a call that overwrites carries what no facet speaks of',
  skip: (bench) => (bench.driver.overwriting ? undefined : 'no call of this channel replaces more than it sets'),
  async check(bench) {
    const { overwriting: over } = bench.driver;
    if (!over) return;
    await over.plant(key(bench, 1));
    assert.ok(await over.intact(key(bench, 1)), 'the driver planted nothing');
    const [end] = await bench.pushToEnd(over.change, [await bench.call(key(bench, 1), over.change)]);
    assert.ok(end?.kind === 'accepted' || end?.kind === 'done', `the overwriting call ended as ${JSON.stringify(end)}`);
    assert.ok(bench.shows(await bench.card(key(bench, 1)), over.change.values), 'the change does not show');
    assert.ok(await over.intact(key(bench, 1)), 'an unknown part of the card was lost');
  },
};

export const rehosting: Duty = {
  name: 'pictures shown under the channel’s own addresses are the master’s',
  skip: (bench) => (bench.driver.rehosting ? undefined : 'this channel takes no pictures by address'),
  async check(bench) {
    const { rehosting: pictures, module } = bench.driver;
    if (!pictures) return;
    const [end] = await bench.pushToEnd(pictures.change, [await bench.call(key(bench, 2), pictures.change)]);
    assert.ok(end?.kind === 'accepted' || end?.kind === 'done', `the pictures ended as ${JSON.stringify(end)}`);
    const shown = (await bench.card(key(bench, 2))).values.media ?? [];
    assert.equal(shown.length, pictures.digests.length);
    assert.ok(
      shown.every((url) => !pictures.change.mediaUrls?.includes(url)),
      'the channel shows our own addresses: nothing was re-hosted',
    );
    const seen = (same: PictureJudge['same']) => module.isEcho('media', pictures.digests, shown, { same });
    const right = (url: string, digest: string) => shown.indexOf(url) === pictures.digests.indexOf(digest);
    assert.equal(
      seen(() => undefined),
      'unverified',
      'pictures nobody looked at are not known to be right',
    );
    assert.equal(seen(right), 'yes', 'the same pictures under other addresses are no drift');
    assert.equal(
      seen(() => false),
      'no',
      'other pictures are a drift',
    );
  },
};

export const batchLimits: Duty = {
  name: 'more items than a request may hold go in several',
  async check(bench) {
    const change = bench.driver.change(5);
    const operation = bench.driver.module.descriptor.operations.find((one) => one.id === change.operation);
    assert.ok(operation, `${change.operation} is not declared`);
    const call = await bench.call(key(bench, 0), change);
    const calls = Array.from({ length: operation.batch + 1 }, () => call);
    const before = bench.wire.writes.length;
    const answered = await bench.push(change.operation, calls);
    assert.equal(answered.length, calls.length, 'every call has an outcome');
    const sent = bench.wire.writes.slice(before);
    assert.ok(sent.length > 1, `${calls.length} items went in one request, which holds ${operation.batch}`);
    await bench.driver.settle();
  },
};

export const WRITING: readonly Duty[] = [pushTwice, partialFailure, refusedWithPath, answerLost, slowIndex, overwriting, rehosting, batchLimits];
