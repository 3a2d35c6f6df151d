import { beforeEach, describe, expect, it } from '@jest/globals';
import { HostPatience } from './host-patience.js';

const MINUTE = 60_000;

describe('patience with hosts that do not answer', () => {
  let now: number;
  let patience: HostPatience;
  const fail = (times: number, host = 'dead.test'): void => {
    for (let time = 0; time < times; time++) patience.didNotAnswer(host);
  };

  beforeEach(() => {
    now = 1_000_000;
    patience = new HostPatience(() => now);
  });

  it('goes on asking while only a few addresses did not answer', () => {
    fail(5);
    expect(patience.minutesLeft('dead.test')).toBe(0);
  });

  it('leaves a host alone for a minute after six in a row, and no other host', () => {
    fail(6);
    expect([patience.minutesLeft('dead.test'), patience.minutesLeft('alive.test')]).toEqual([1, 0]);
    now += MINUTE;
    expect(patience.minutesLeft('dead.test')).toBe(0);
  });

  it('rests twice as long after each failed try, half an hour at most', () => {
    fail(6);
    const rests = Array.from({ length: 6 }, () => {
      now += patience.minutesLeft('dead.test') * MINUTE;
      fail(1);
      return patience.minutesLeft('dead.test');
    });
    expect(rests).toEqual([2, 4, 8, 16, 30, 30]);
  });

  it('counts what was asked side by side as one try', () => {
    fail(12);
    expect(patience.minutesLeft('dead.test')).toBe(1);
  });

  it('forgets the silence with the first answer', () => {
    fail(5);
    patience.answered('dead.test');
    fail(5);
    expect(patience.minutesLeft('dead.test')).toBe(0);
  });
});
