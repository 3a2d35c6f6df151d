import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChannelClock, OPENING } from './clock.js';
import { Schedule } from './schedule.js';

function still(): { clock: ChannelClock; schedule: Schedule } {
  const clock = ChannelClock.fresh(0, () => 0);
  return { clock, schedule: new Schedule(clock) };
}

describe('schedule', () => {
  it('runs everything a jump passed, in the order of its moments, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 }), fc.integer({ min: 0, max: 1000 }), (moments, jump) => {
        const { clock, schedule } = still();
        const ran: number[] = [];
        for (const m of moments) schedule.at(OPENING + m, () => ran.push(m));
        clock.change({ jumpMs: jump });
        expect(ran).toEqual(moments.filter((m) => m <= jump).sort((a, b) => a - b));
        schedule.close();
      }),
    );
  });

  it('runs each at its own moment, so that what follows from it is counted from there', () => {
    const { clock, schedule } = still();
    const ran: number[] = [];
    schedule.at(OPENING + 100, () => schedule.at(clock.now() + 50, () => ran.push(clock.now() - OPENING)));
    clock.change({ jumpMs: 1000 });
    expect(ran).toEqual([150]);
    expect(clock.now()).toBe(OPENING + 1000);
    schedule.close();
  });

  it('also runs what is planned while it runs', () => {
    const { clock, schedule } = still();
    const ran: string[] = [];
    schedule.at(OPENING + 1, () => {
      ran.push('first');
      schedule.at(OPENING + 2, () => ran.push('second'));
    });
    clock.change({ jumpMs: 5 });
    expect(ran).toEqual(['first', 'second']);
    schedule.close();
  });
});

describe('channel clock', () => {
  it('runs at its scale, jumps, and never goes back', () => {
    let wall = 0;
    const clock = ChannelClock.fresh(20, () => wall);
    wall = 1000;
    expect(clock.now()).toBe(OPENING + 20_000);
    clock.change({ set: OPENING });
    expect(clock.now()).toBe(OPENING + 20_000);
    clock.change({ scale: 1, jumpMs: 5000 });
    wall = 2000;
    expect(clock.now()).toBe(OPENING + 26_000);
    expect(clock.wallUntil(OPENING + 30_000)).toBe(4000);
  });
});
