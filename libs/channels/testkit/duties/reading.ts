import assert from 'node:assert/strict';
import { BrokenContract, ChannelError } from '#kernel';
import type { ObservationPage } from '#channels/contract';
import type { Bench } from '../bench.js';
import type { Duty } from './duty.js';

/** The walks over everything: what a partial lane leaves out is no fault. */
const lanes = (bench: Bench) => bench.driver.module.descriptor.lanes.filter((lane) => lane.partial !== true).map((lane) => lane.id);

/** Keys by source; a key that comes twice in one source fails. */
function shown(pages: readonly ObservationPage[]): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = new Map<string, Set<string>>();
  for (const { source, cards } of pages) {
    const keys = sources.get(source) ?? new Set<string>();
    for (const { key } of cards) {
      assert.ok(!keys.has(key), `${key} came twice in ${source}`);
      keys.add(key);
    }
    sources.set(source, keys);
  }
  return sources;
}

export const observeNeverWrites: Duty = {
  name: 'observing never writes',
  async check(bench) {
    const before = (await bench.driver.applied()).length;
    for (const lane of lanes(bench)) {
      const sources = shown(await bench.sweep(lane));
      const all = new Set([...sources.values()].flatMap((keys) => [...keys]));
      for (const key of bench.driver.cards) assert.ok(all.has(key), `the sweep of ${lane} does not show ${key}`);
    }
    await bench.peek(...bench.driver.cards.slice(0, 3));
    await bench.channel.health(bench.run());
    assert.equal((await bench.driver.applied()).length, before, 'something was written');
    assert.deepEqual(bench.wire.writes, [], 'a read was sent as a write');
  },
};

export const unknownIsNotAbsent: Duty = {
  name: 'unknown is not absent',
  async check(bench) {
    const [key = ''] = bench.driver.cards;
    const { absent } = await bench.channel.peek([key, bench.driver.nobody], bench.driver.module.descriptor.facets, bench.run());
    assert.deepEqual(absent, [bench.driver.nobody], 'a card nobody has must be absent, a live one never');
    for (const [what, spoil] of Object.entries({
      'a server that fails': () => bench.wire.answer({ status: 503, headers: {}, body: 'down' }),
      'an answer cut in the middle': () => bench.wire.cut(1),
      'an answer without its lists': () => bench.wire.empty(1),
    })) {
      spoil();
      const answer = await bench.channel.peek([key], bench.driver.module.descriptor.facets, bench.run()).catch((error: unknown) => error);
      bench.wire.calm();
      if (answer instanceof Error) assert.ok(answer instanceof ChannelError, `${what}: ${answer.message} is no channel error`);
      else assert.deepEqual((answer as { absent: unknown[] }).absent, [], `${what} made a live card absent`);
    }
  },
};

export const truncatedPage: Duty = {
  name: 'a page that came in part never ends a walk',
  async check(bench) {
    for (const lane of lanes(bench)) {
      shown(await bench.sweep(lane));
      for (const [what, spoil] of Object.entries({ 'cut in the middle': () => bench.wire.cut(1), 'without its lists': () => bench.wire.empty(1) })) {
        spoil();
        const ended = await bench.sweep(lane).then(
          () => true,
          (error: unknown) => {
            assert.ok(error instanceof ChannelError, `${lane}: ${String(error)} is no channel error`);
            return false;
          },
        );
        bench.wire.calm();
        assert.ok(!ended, `the sweep of ${lane} ended as complete on a page ${what}`);
      }
    }
  },
};

export const repeatedPage: Duty = {
  name: 'a repeated page neither doubles a card nor walks in circles',
  skip: (bench) => (bench.driver.pages === 'one' ? 'every read of this channel is one page' : undefined),
  async check(bench) {
    for (const lane of lanes(bench)) {
      bench.wire.repeatPages();
      const seen: ObservationPage[] = [];
      const most = 20 * (bench.driver.cards.length + 10);
      try {
        for await (const page of bench.channel.sweep(lane, undefined, bench.run())) {
          seen.push(page);
          assert.ok(seen.length < most, `the sweep of ${lane} does not end`);
        }
      } catch (error) {
        if (!(error instanceof BrokenContract)) throw error;
      }
      bench.wire.calm();
      shown(seen);
    }
  },
};

export const surpriseSchema: Duty = {
  name: 'members nobody documented change nothing that is read',
  async check(bench) {
    const [key = ''] = bench.driver.cards;
    const before = await bench.card(key);
    bench.wire.surprise();
    const after = await bench.card(key);
    const health = await bench.channel.health(bench.run());
    bench.wire.calm();
    assert.deepEqual(after.values, before.values);
    assert.ok(health.ok, 'the account is called unhealthy');
    bench.wire.surprise();
    for (const lane of lanes(bench)) shown(await bench.sweep(lane));
    bench.wire.calm();
  },
};

export const hangAndAbort: Duty = {
  name: 'a hanging channel is left when the run is aborted',
  async check(bench) {
    const [key = ''] = bench.driver.cards;
    await bench.card(key);
    bench.wire.hang();
    const tries: ((signal: AbortSignal) => Promise<unknown>)[] = [
      (signal) => bench.channel.peek([key], bench.driver.module.descriptor.facets, bench.run(signal)),
      (signal) => bench.sweep(lanes(bench)[0] ?? '', signal),
    ];
    for (const attempt of tries) {
      const end = new AbortController();
      const ended = attempt(end.signal).then(
        () => 'an answer',
        () => 'an error',
      );
      const patience = new Promise<string>((resolve) => setTimeout(() => resolve('nothing'), 2_000).unref());
      setImmediate(() => end.abort(new Error('the run is over')));
      assert.equal(await Promise.race([ended, patience]), 'an error');
    }
    bench.wire.calm();
  },
};

export const READING: readonly Duty[] = [observeNeverWrites, unknownIsNotAbsent, truncatedPage, repeatedPage, surpriseSchema, hangAndAbort];
