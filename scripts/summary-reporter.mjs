import { writeSync } from 'node:fs';

/** Ends a run with its skipped tests and one line that programs can read. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap((file) => file.testResults.filter((test) => test.status === 'pending' || test.status === 'todo').map((test) => test.fullName));
    for (const name of skipped) process.stderr.write(`skipped: ${name}\n`);
    // A suite that could not even be loaded ran no tests, and must not look like a success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    // After jest's own reporter has written its last line, and past the streams that jest has closed by then.
    process.once('exit', () => writeSync(1, `${results.numPassedTests} passed, ${failed} failed${tail}\n`));
  }
}
