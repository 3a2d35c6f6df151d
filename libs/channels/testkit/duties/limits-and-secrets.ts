import assert from 'node:assert/strict';
import { ChannelError, RetryLater, Throttled, Unauthorised } from '#kernel';
import { Bench } from '../bench.js';
import type { ThrottleAnswer } from '../driver.js';
import type { Duty } from './duty.js';

const DAY_MS = 86_400_000;

const first = (bench: Bench) => bench.driver.cards[0] ?? '';
const peek = (bench: Bench) => bench.channel.peek([first(bench)], bench.driver.module.descriptor.facets, bench.run());

export const throttled: Duty = {
  name: 'every way of saying "too much" is understood',
  async check(bench) {
    const change = bench.driver.change(6);
    assert.ok(bench.driver.throttles.length > 0, 'a channel without limits?');
    for (const { name, answer } of bench.driver.throttles) await understood(bench, name, answer, change.operation, await bench.call(first(bench), change));
  },
};

/** Nothing was sent, and it is known until when nothing may be; or the adapter waited by itself and sent it once. */
async function understood(bench: Bench, name: string, answer: ThrottleAnswer['answer'], operation: string, call: Parameters<Bench['push']>[1][number]): Promise<void> {
  const fresh = new Bench(bench.driver);
  fresh.wire.answer(answer, (sent) => sent.writes);
  const now = bench.driver.clock.now();
  const end = new AbortController();
  const patience = setTimeout(() => end.abort(new Error('patience')), 20_000);
  const error = await fresh.push(operation, [call], end.signal).then(
    (outcomes) => outcomes,
    (failure: unknown) => failure,
  );
  clearTimeout(patience);
  assert.ok(!(error instanceof Error && error.message === 'patience'), `${name}: it neither waits nor says until when`);
  if (error instanceof Throttled) {
    assert.ok(error.until > now, `${name}: until is in the past`);
    assert.ok(error.until <= now + 31 * DAY_MS, `${name}: until is more than a month away`);
    return;
  }
  assert.ok(error instanceof RetryLater && !error.unsure, `${name}: ${error instanceof Error ? error.message : JSON.stringify(error)}`);
}

export const revoked: Duty = {
  name: 'a revoked key stops the account',
  async check(bench) {
    const change = bench.driver.change(7);
    const call = await bench.call(first(bench), change);
    bench.wire.answer(bench.driver.revoked);
    const lane = bench.driver.module.descriptor.lanes[0]?.id ?? '';
    for (const [what, attempt] of Object.entries({ 'a read': () => peek(bench), 'a sweep': () => bench.sweep(lane), 'a write': () => bench.push(change.operation, [call]) })) {
      await assert.rejects(attempt, (error) => error instanceof Unauthorised, `${what} with a revoked key`);
    }
    const health = await bench.channel.health(bench.run()).catch((error: unknown) => error);
    bench.wire.calm();
    assert.ok(health instanceof Unauthorised || (health as { ok?: boolean }).ok === false, 'the account is called healthy');
  },
};

export const oneBudget: Duty = {
  name: 'every request is paid for from the one budget of the account',
  async check(bench) {
    const buckets = new Set(bench.driver.module.descriptor.buckets.map((bucket) => bucket.name));
    const [a, b] = [bench.channel, bench.connect()];
    const facets = bench.driver.module.descriptor.facets;
    await Promise.all([a, b].map((channel) => channel.peek(bench.driver.cards.slice(0, 3), facets, bench.run())));
    const change = bench.driver.change(8);
    const call = await bench.call(first(bench), change);
    await b.push(change.operation, [call], bench.run());
    await bench.driver.settle();
    for (const { bucket } of bench.spent) assert.ok(buckets.has(bucket), `the descriptor knows no bucket "${bucket}"`);
    assert.ok(bench.spent.length >= bench.wire.calls.length, `${bench.wire.calls.length} requests, ${bench.spent.length} payments`);
    const before = bench.wire.calls.length;
    bench.refuseSpending = new Throttled('the quota is spent', bench.driver.clock.now() + DAY_MS);
    for (const attempt of [() => peek(bench), () => bench.push(change.operation, [call])]) await assert.rejects(attempt, (error) => error instanceof Throttled);
    bench.refuseSpending = undefined;
    assert.equal(bench.wire.calls.length, before, 'a request left although nothing was left to spend');
  },
};

export const secretsStaySecret: Duty = {
  name: 'a secret is in no error, no evidence and no answer',
  async check(bench) {
    const told: unknown[] = [];
    const change = bench.driver.change(9);
    const call = await bench.call(first(bench), change);
    const spoilings: (() => void)[] = [
      () => bench.wire.answer({ status: 500, headers: {}, body: { message: 'Internal error' } }),
      () => bench.wire.answer(bench.driver.revoked),
      () => bench.wire.answer({ status: 200, headers: {}, body: { message: 'something nobody documented' } }),
      () => bench.wire.answer({ status: 400, headers: {}, body: { message: 'bad request' } }),
      () => bench.wire.cut(1),
      () => bench.wire.loseAnswers(),
    ];
    const lane = bench.driver.module.descriptor.lanes[0]?.id ?? '';
    for (const spoil of spoilings) {
      for (const attempt of [() => peek(bench), () => bench.sweep(lane), () => bench.push(change.operation, [call]), () => bench.channel.health(bench.run())]) {
        spoil();
        told.push(await attempt().catch((error: unknown) => error));
        bench.wire.calm();
      }
    }
    told.push(...bench.broken, call.body);
    const text = told.map(textOf).join('\n');
    for (const secret of bench.driver.secrets) assert.ok(!text.includes(secret), `a secret was told: …${around(text, secret)}…`);
  },
};

function textOf(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? '';
  const more = value instanceof ChannelError ? JSON.stringify(Object.fromEntries(Object.entries(value))) : '';
  return `${value.message} ${value.stack ?? ''} ${more} ${value.cause === undefined ? '' : textOf(value.cause)}`;
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return text.slice(Math.max(0, at - 80), at);
}

export const LIMITS_AND_SECRETS: readonly Duty[] = [throttled, revoked, oneBudget, secretsStaySecret];
