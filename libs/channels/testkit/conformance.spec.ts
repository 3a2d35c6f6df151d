import { AssertionError } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { Bench } from './bench.js';
import { describeChannel } from './describe-channel.js';
import { DUTIES } from './duties/index.js';
import { HOSTILE } from './hostile.js';
import { modelDriver } from './model/model-driver.js';

describeChannel('model', () => Promise.resolve(modelDriver()));

describe('a hostile channel', () => {
  it('is there for every duty, and for nothing else', () => {
    expect(Object.keys(HOSTILE).sort()).toEqual(DUTIES.map((duty) => duty.name).sort());
  });

  it.each(DUTIES.map((duty) => [duty.name, duty] as const))('is caught: %s', async (name, duty) => {
    const failure = await duty.check(new Bench(modelDriver(HOSTILE[name]))).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(AssertionError);
  });
});
