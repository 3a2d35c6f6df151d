import Sequencer from '@jest/test-sequencer';

/** The longest suites, longest first: those that run processes of their own for minutes, then those of half a minute. */
const LONG = [
  'soak-short',
  'demo-check',
  'loops-faults',
  'loops-heal',
  'loops-quota',
  'loops-throttled',
  'loops-limits',
  'loops-edits',
  'conformance-yandex-market',
  'ozon-drift',
  'embedded-postgres',
].map((name) => `test/${name}.medium.spec.ts`);

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
