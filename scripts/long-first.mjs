import Sequencer from '@jest/test-sequencer';

/** Suites that run processes of their own for a minute or more. */
const LONG = ['test/soak-short.medium.spec.ts', 'test/demo-check.medium.spec.ts'];

/**
 * Jest begins with what took longest last time; a fresh clone has no last time and begins with the largest files. The longest suites
 * are small files: begun last, they would keep one worker busy for minutes while the other has nothing left to do.
 */
export default class LongFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = LONG.findIndex((name) => path.endsWith(name));
      return at < 0 ? LONG.length : at;
    };
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
}
