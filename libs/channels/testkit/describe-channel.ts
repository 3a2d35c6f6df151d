import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { Bench } from './bench.js';
import type { Driver } from './driver.js';
import { DUTIES } from './duties/index.js';

/** The conformance suite of a channel: every duty is a test of its own, on a connection of its own. */
export function describeChannel(id: string, open: () => Promise<Driver>): void {
  describe(`${id} does what every channel owes`, () => {
    let driver: Driver | undefined;
    beforeAll(async () => {
      driver = await open();
    }, 60_000);
    afterAll(() => driver?.close());

    for (const duty of DUTIES) {
      it(
        duty.name,
        async () => {
          if (!driver) throw new Error('the market did not open');
          const bench = new Bench(driver);
          const why = duty.skip?.(bench);
          if (why !== undefined) {
            process.stderr.write(`${id}: ${duty.name}: nothing to do, ${why}\n`);
            return;
          }
          await duty.check(bench);
        },
        60_000,
      );
    }
  });
}
