import { describe, expect, it } from '@jest/globals';
import { nextQuestion } from './next-question.js';

const START = Date.parse('2026-11-22T06:00:00Z');
const SECOND = 1000;

/** Seconds after which a call sent so many seconds after the start is asked after, until it is over. */
function asked(sent: number, from: number, over: number): number[] {
  const times: number[] = [];
  for (let at = from; at < over;) {
    at = (nextQuestion(START + (sent + at) * SECOND, START + sent * SECOND) - START) / SECOND - sent;
    times.push(at);
  }
  return times;
}

describe('the next question after a call under way', () => {
  it('comes soon at first and then ever later', () => {
    expect(asked(0, 5, 30)).toEqual([10, 15, 20, 30]);
    expect(asked(0, 60, 300)).toEqual([80, 120, 160, 240, 320]);
  });

  it('is never sooner than five seconds, nor later than the call has taken, once it has taken a while', () => {
    for (let sent = 0; sent < 40; sent += 3) {
      let before = 5;
      for (const at of asked(sent, 5, 4000)) {
        expect(at - before).toBeGreaterThanOrEqual(5);
        if (before >= 10) expect(at - before).toBeLessThanOrEqual(before);
        before = at;
      }
    }
  });

  it('is one for calls that were sent close together', () => {
    const now = START + 303 * SECOND;
    const next = [0, 7, 19, 40].map((sent) => nextQuestion(now, START + sent * SECOND));
    expect(new Set(next).size).toBe(1);
  });
});
