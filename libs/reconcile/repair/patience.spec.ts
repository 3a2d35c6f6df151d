import { describe, expect, it } from '@jest/globals';
import type { WriteOperation } from '#channels/contract';
import { Patience } from './patience.js';

const SECOND = 1000;
const NOW = Date.parse('2026-11-22T06:00:00Z');
const IMPORT: WriteOperation = {
  id: 'import',
  writes: [],
  replaces: [],
  creates: false,
  batch: 100,
  costs: [],
  settleMs: 1800 * SECOND,
  moderates: false,
  immediate: false,
};

/** Seconds after which a call accepted now is asked after first. */
const first = (patience: Patience, operation = IMPORT) => (patience.firstQuestion(operation, NOW) - NOW) / SECOND;

/** Follows a task that takes so many seconds as the loops do, with a question every five; answers how many were asked. */
function follow(patience: Patience, task: string, takes: number, operation = IMPORT): number {
  let at = first(patience, operation);
  let asked = 1;
  for (; at < takes; at += 5, asked += 1) patience.running(operation, task);
  patience.over(operation, task, at * SECOND);
  return asked;
}

describe('how long calls are left alone', () => {
  it('is little at first, or as long as the channel says', () => {
    expect(first(new Patience())).toBe(5);
    expect(first(new Patience(), { ...IMPORT, usualMs: 180 * SECOND })).toBe(180);
  });

  it('is learned from the first that take longer, so that the next ones are asked after once', () => {
    const patience = new Patience();
    expect(follow(patience, '1', 18)).toBe(4);
    expect(follow(patience, '2', 20)).toBe(1);
    expect(follow(patience, '3', 12)).toBe(1);
    expect(first(patience, { ...IMPORT, id: 'pictures' })).toBe(5);
  });

  it('is asked after little more than once in the long run, whatever the times', () => {
    const patience = new Patience();
    let asked = 0;
    for (let n = 0; n < 400; n++) asked += follow(patience, `${n}`, 5 + ((n * 7) % 16));
    expect(asked / 400).toBeLessThan(1.06);
    expect(first(patience)).toBeLessThanOrEqual(30);
  });

  it('grows to what is slow step by step: one that is stuck does not hold up the others', () => {
    const patience = new Patience();
    for (let n = 0; n < 10; n++) follow(patience, `${n}`, 20);
    const before = first(patience);
    follow(patience, 'stuck', 1500);
    expect(first(patience)).toBeLessThanOrEqual(2 * before + 5);
    for (let n = 0; n < 80; n++) follow(patience, `after ${n}`, 20);
    expect(first(patience)).toBeLessThanOrEqual(before + 5);
    for (let n = 0; n < 12; n++) follow(patience, `slow ${n}`, 400);
    expect(follow(patience, 'slow too', 400)).toBe(1);
  });

  it('is never more than half of the time in which the change has to show', () => {
    const patience = new Patience();
    const short = { ...IMPORT, settleMs: 120 * SECOND };
    for (let n = 0; n < 20; n++) follow(patience, `${n}`, 110, short);
    expect(first(patience, short)).toBe(60);
  });

  it('learns nothing from a task that was lost', () => {
    const patience = new Patience();
    patience.running(IMPORT, 'lost');
    patience.forget('lost');
    expect(first(patience)).toBe(5);
  });
});
