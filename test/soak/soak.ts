import { type SoakOptions, readOptions } from './options.js';
import { runSoak } from './run-soak.js';

function options(): SoakOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

// An ordinary end runs the exit listeners, which take the hub along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const started = Date.now();
const report = await runSoak(options(), (line) => process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}\n`));
for (const [title, counts] of Object.entries({ 'faults fired': report.faults, 'checks made': report.checks })) {
  process.stderr.write(`${title}:\n`);
  for (const [name, n] of Object.entries(counts)) process.stderr.write(`  ${String(n).padStart(6)}  ${name}\n`);
}
if (report.sabotage !== null)
  process.stderr.write(report.seen.length > 0 ? `${report.sabotage} is missed by: ${report.seen[0]}\n` : `Nothing shows that ${report.sabotage} is switched off.\n`);
for (const failure of report.failures) process.stderr.write(`FAILED ${failure}\n`);
process.stderr.write(report.ok ? `green: ${report.repeat}\n` : `RED; repeat with: ${report.repeat}\n`);
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(report.ok ? 0 : 1);
